package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.LentReader;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a handler is let go of, on its thread, after the last event. It may throw whatever it likes. */
final class HandlerEnd {

    private static final Logger log = LoggerFactory.getLogger(HandlerEnd.class);

    private final String instance;
    private final InterruptGate gate;

    HandlerEnd(String instance, InterruptGate gate) {
        this.instance = instance;
        this.gate = gate;
    }

    /** Closes a handler that wants to be closed, and what it opened and left open. */
    void close(@Nullable EventHandler handler, LentCursors cursors, LentReader lent) {
        if (handler instanceof AutoCloseable closeable) {
            close(closeable);
        }
        cursors.close();
        try {
            lent.close();
        } catch (JournalException e) {
            log.warn("what plugin instance {} read by itself cannot be closed: {}", instance, e.getMessage());
        }
    }

    private void close(AutoCloseable handler) {
        gate.enter();
        try {
            handler.close();
        } catch (Throwable e) { // A stranger's close may throw anything, of the events it still held too.
            log.warn("plugin instance {} failed to close ({})", instance, Causes.silent(e));
        } finally {
            gate.leave();
        }
    }
}
