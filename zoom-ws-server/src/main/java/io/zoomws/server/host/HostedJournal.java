package io.zoomws.server.host;

import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalReader;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * A subscription whose journal instances follow.
 *
 * @param subscription its name
 * @param readers opens a reader of the journal
 * @param cursors of that journal
 * @param cursorSetter sets a cursor that nobody holds
 * @param files where its instances keep their files
 * @param metrics what its instances tell
 * @param durable sequence of the newest durable entry
 */
public record HostedJournal(
        String subscription,
        Supplier<JournalReader> readers,
        MarkedCursors cursors,
        ObjLongConsumer<String> cursorSetter,
        InstanceFiles files,
        MetricsOfPlugins metrics,
        LongSupplier durable) {

    /** Cursors that are marked when they are opened. */
    @FunctionalInterface
    public interface MarkedCursors {
        /**
         * Takes hold of a cursor.
         *
         * @param name of the instance
         * @param required whether retention waits for it
         * @return the cursor, to be closed by the caller
         * @throws io.zoomws.spi.JournalException if it is held by another or cannot be used
         */
        Cursor open(String name, boolean required);
    }

    SubscriptionAccess access(JournalReader reader, boolean required) {
        return new SubscriptionAccess(reader, name -> cursors.open(name, required), cursorSetter, files, metrics);
    }
}
