package io.zoomws.plugin.attendance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, in SQL that H2 and PostgreSQL both understand, and the lock that makes writers of a subscription take turns. */
final class Schema {

    private static final String KEY =
            "subscription VARCHAR(200) NOT NULL, account VARCHAR(128) NOT NULL," + " meeting VARCHAR(128) NOT NULL";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS attendance_fact (" + KEY + ", event_id VARCHAR(128) NOT NULL,"
                    + " kind VARCHAR(10) NOT NULL, happened_at TIMESTAMP WITH TIME ZONE NOT NULL,"
                    + " started_at TIMESTAMP WITH TIME ZONE, meeting_id VARCHAR(128), topic VARCHAR(1000),"
                    + " host_id VARCHAR(128), user_id VARCHAR(128), device VARCHAR(128), person VARCHAR(160),"
                    + " name VARCHAR(1000), email VARCHAR(1000),"
                    + " PRIMARY KEY (subscription, account, meeting, event_id))",
            "CREATE TABLE IF NOT EXISTS attendance_meeting (" + KEY + ", meeting_id VARCHAR(128), topic VARCHAR(1000),"
                    + " host_id VARCHAR(128), started_at TIMESTAMP WITH TIME ZONE, ended_at TIMESTAMP WITH TIME ZONE,"
                    + " PRIMARY KEY (subscription, account, meeting))",
            "CREATE TABLE IF NOT EXISTS attendance_visit (" + KEY + ", person VARCHAR(160) NOT NULL,"
                    + " visit INTEGER NOT NULL, meeting_id VARCHAR(128), topic VARCHAR(1000), name VARCHAR(1000),"
                    + " email VARCHAR(1000), joined_at TIMESTAMP WITH TIME ZONE, left_at TIMESTAMP WITH TIME ZONE,"
                    + " duration_seconds BIGINT, left_inferred BOOLEAN NOT NULL,"
                    + " PRIMARY KEY (subscription, account, meeting, person, visit))",
            "CREATE INDEX IF NOT EXISTS attendance_visit_joined ON attendance_visit (joined_at)",
            "CREATE INDEX IF NOT EXISTS attendance_visit_meeting_id ON attendance_visit (meeting_id)",
            "CREATE TABLE IF NOT EXISTS attendance_writer (subscription VARCHAR(200) PRIMARY KEY)");

    private final String subscription;

    Schema(String subscription) {
        this.subscription = subscription;
    }

    /** Makes what is not there. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        if (!isLocked(connection)) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO attendance_writer (subscription) VALUES (?)")) {
                insert.setString(1, subscription);
                insert.executeUpdate();
            }
        }
    }

    /**
     * Waits until no other transaction writes rows of this subscription, and keeps others waiting until this one ends. Rows are
     * derived from all facts of a meeting, so two writers that do not see each other's facts would each derive half.
     */
    void lock(Connection connection) throws SQLException {
        if (!isLocked(connection)) {
            throw new SQLException("attendance_writer has no row for this subscription", "42000");
        }
    }

    private boolean isLocked(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT subscription FROM attendance_writer WHERE subscription = ? FOR UPDATE")) {
            select.setString(1, subscription);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Deletes the rows of this subscription and of no other. */
    void clear(Connection connection) throws SQLException {
        for (String table : List.of("attendance_fact", "attendance_meeting", "attendance_visit")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE subscription = ?")) {
                delete.setString(1, subscription);
                delete.executeUpdate();
            }
        }
    }
}
