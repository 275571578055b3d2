package io.zoomws.plugin.attendance;

import io.zoomws.spi.RetryLater;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One connection, made when it is needed and made anew after it broke; and transactions in it. One thread at a time.
 *
 * <p>What goes wrong is either the fault of what was to be stored, and thrown as it is; or it is the database's: then the
 * connection is given up and {@link DatabaseAway} is thrown, so that the same is tried again later and no event is blamed.
 */
final class Database implements AutoCloseable {

    private final DatabaseAddress address;
    private final Preparation preparation;
    private @Nullable Connection connection;
    private boolean wasUsable;

    Database(DatabaseAddress address, Preparation preparation) {
        this.address = address;
        this.preparation = preparation;
    }

    /** What a new connection needs before it is used, such as tables. It ends its transactions itself. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Connection connection) throws RetryLater, SQLException;
    }

    /** What is to be done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * Does work in a transaction and commits it.
     *
     * @throws RetryLater if the database cannot do it at present; nothing was done, unless the connection broke while it
     *     committed
     * @throws SQLException if what was to be stored cannot be stored; nothing was done
     */
    <T> T transact(Work<T> work) throws RetryLater, SQLException {
        Connection current = open();
        try {
            T result = work.in(current);
            current.commit();
            return result;
        } catch (SQLException e) {
            if (!SqlFailure.isAboutTheData(e)) {
                giveUp(e);
                throw new DatabaseAway(e);
            }
            rollBack(current, e);
            throw e;
        } catch (RuntimeException | Error e) {
            rollBack(current, e);
            throw e;
        }
    }

    /**
     * Has an embedded H2 bring to the disk what was committed, for which it takes half a second by itself.
     *
     * @throws RetryLater if it cannot at present
     * @throws SQLException if it never can
     */
    void flush() throws RetryLater, SQLException {
        transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("CHECKPOINT SYNC");
            }
        });
    }

    /**
     * Connects, unless there is a connection.
     *
     * @throws DatabaseUnusable if the database refuses for good, and has never been usable
     */
    Connection open() throws RetryLater {
        if (connection != null) {
            return connection;
        }
        try {
            connection = address.connect();
            preparation.prepare(connection);
            wasUsable = true;
            return connection;
        } catch (RetryLater e) {
            giveUp(e);
            throw e;
        } catch (SQLException e) {
            giveUp(e);
            if (!wasUsable) {
                SqlFailure.refuseIfForGood(e);
            }
            throw new DatabaseAway(e);
        }
    }

    private void rollBack(Connection current, Throwable cause) {
        try {
            current.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            giveUp(cause);
        }
    }

    /** A connection that is closed has rolled back. One that cannot even be closed is broken: so has the server. */
    private void giveUp(Throwable cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }
}
