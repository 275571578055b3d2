package io.zoomws.plugin.attendance;

import io.zoomws.spi.RetryLater;
import java.io.Serial;
import java.sql.SQLException;

/** The database does not answer, or cannot write at present. A class of its own, since its name is what the host logs. */
final class DatabaseAway extends RetryLater {

    @Serial
    private static final long serialVersionUID = 1;

    DatabaseAway(SQLException cause) {
        super("the database is away or cannot write (SQLSTATE " + cause.getSQLState() + ")", cause);
    }
}
