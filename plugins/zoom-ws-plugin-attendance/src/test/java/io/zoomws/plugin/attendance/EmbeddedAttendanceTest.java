package io.zoomws.plugin.attendance;

import io.zoomws.spi.Secret;
import java.sql.SQLException;
import java.util.Optional;

/** On H2, in the plugin's own directory. */
class EmbeddedAttendanceTest extends AttendanceContract {

    @Override
    AttendanceSettings settings() {
        return new AttendanceSettings(Optional.empty(), Optional.empty(), new Secret(""));
    }

    @Override
    void cutConnections(Tables tables) throws SQLException {
        // So that it comes back with all that was committed, as PostgreSQL does.
        tables.execute("CHECKPOINT SYNC");
        tables.execute("SHUTDOWN IMMEDIATELY");
    }

    @Override
    String falsehood() {
        return "FALSE";
    }
}
