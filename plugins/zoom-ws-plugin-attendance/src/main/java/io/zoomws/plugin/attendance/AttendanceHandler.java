package io.zoomws.plugin.attendance;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.PluginContext;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import io.zoomws.spi.jdbc.JdbcPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps who was in which meeting, when and for how long, in SQL. A batch is one transaction, with the position in it: each event
 * takes effect exactly once, and one that is handled again all the same, in a replay for example, changes nothing.
 */
public final class AttendanceHandler implements BatchHandler, OwnPosition, Rebuildable, AutoCloseable {

    private final Schema schema;
    private final Projection projection;
    private final JdbcPosition position;
    private final Database database;
    private final boolean embedded;

    /** The position as this instance last saw it stored; 0 if there was none. */
    private long stored;

    /**
     * Called by the plugin host.
     *
     * @param settings which database
     * @param context whose rows, and where the embedded database is
     * @throws IllegalStateException if the embedded database cannot be opened, because another process has it for one
     */
    public AttendanceHandler(AttendanceSettings settings, PluginContext context) {
        schema = new Schema(context.subscription());
        projection = new Projection(context.subscription());
        position = new JdbcPosition("attendance_position", context.subscription() + "/" + context.instance());
        database = new Database(DatabaseAddress.of(settings, context.directory()), this::prepare);
        embedded = !settings.isPostgresql();
        if (embedded) {
            openEmbedded();
        }
    }

    /** So that a second process on the same file is refused at once. */
    private void openEmbedded() {
        try {
            database.open();
        } catch (RetryLater mayPass) {
            // A full disk, for example. The host asks for the position next, and that is tried until it succeeds.
        }
    }

    private void prepare(Connection connection) throws DatabaseWentBack, SQLException {
        position.createTable(connection);
        schema.create(connection);
        connection.commit();
        if (position.read(connection).orElse(0) < stored) {
            throw new DatabaseWentBack();
        }
    }

    @Override
    public OptionalLong position() throws RetryLater, SQLException {
        OptionalLong next = database.transact(position::read);
        stored = next.orElse(0);
        return next;
    }

    @Override
    public void handle(List<ZoomEvent> events, Delivery delivery) throws RetryLater, SQLException {
        List<Fact> facts =
                events.stream().map(FactReader::read).flatMap(Optional::stream).toList();
        long next = events.get(events.size() - 1).sequence() + 1;
        stored = database.transact(connection -> {
            schema.lock(connection);
            projection.add(connection, facts);
            position.save(connection, next);
            return position.read(connection).orElse(next);
        });
    }

    @Override
    public void reset() throws RetryLater, SQLException {
        stored = database.transact(connection -> {
            schema.lock(connection);
            schema.clear(connection);
            position.delete(connection);
            return 0L;
        });
        if (embedded) {
            database.flush();
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
