package io.zoomws.spi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A position in a table of the plugin's own database, for handlers with an {@link io.zoomws.spi.OwnPosition}. Its methods work
 * in the transaction of the connection they are given, and neither begin, commit nor roll back one: that is the handler's.
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * store(connection, event);
 * position.save(connection, event.sequence() + 1);
 * connection.commit();
 * }</pre>
 *
 * <p>Safe for use by any thread, as far as the connection is.
 */
public final class JdbcPosition {

    private static final Pattern TABLE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

    private final String table;
    private final String name;

    /**
     * Names the row.
     *
     * @param table letters, digits and underscores, with a schema and a dot before it if need be
     * @param name {@link io.zoomws.spi.PluginContext#subscription()} and {@link io.zoomws.spi.PluginContext#instance()} for
     *     example; 200 characters at most
     * @throws IllegalArgumentException if the table has no such name
     */
    public JdbcPosition(String table, String name) {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "'" + table + "' is no name of a table: use letters, digits and underscores");
        }
        this.table = table;
        this.name = name;
    }

    /**
     * Makes the table unless it is there.
     *
     * @param connection in whose transaction
     * @throws SQLException if that fails
     */
    public void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (name VARCHAR(200) PRIMARY KEY, next_sequence BIGINT NOT NULL)");
        }
    }

    /**
     * The position.
     *
     * @param connection in whose transaction
     * @return the sequence saved last; empty if there is none
     * @throws SQLException if it cannot be read
     */
    public OptionalLong read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT next_sequence FROM " + table + " WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /**
     * Saves the position, to take effect when the caller commits. A position before the saved one, as a redriven event has, is
     * left alone: the position never moves back.
     *
     * @param connection in whose transaction
     * @param next sequence of the next event to be handled
     * @throws SQLException if it cannot be saved; roll back then
     */
    public void save(Connection connection, long next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table
                + " SET next_sequence = CASE WHEN next_sequence < ? THEN ? ELSE next_sequence END WHERE name = ?")) {
            update.setLong(1, next);
            update.setLong(2, next);
            update.setString(3, name);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " (name, next_sequence) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setLong(2, next);
            insert.executeUpdate();
        }
    }

    /**
     * Forgets the position, as when everything is to be derived again.
     *
     * @param connection in whose transaction
     * @throws SQLException if that fails
     */
    public void delete(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
