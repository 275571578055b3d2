package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.RetryLater;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a handler is asked on its thread, before it is handed anything. It may throw whatever it likes. */
final class HandlerStart {

    private static final Logger log = LoggerFactory.getLogger(HandlerStart.class);

    private final String instance;
    private final Plugin plugin;
    private final InterruptGate gate;

    HandlerStart(String instance, Plugin plugin, InterruptGate gate) {
        this.instance = instance;
        this.plugin = plugin;
        this.gate = gate;
    }

    /**
     * How a handler is called.
     *
     * @param orderBy JSON Pointer to what events belong to; empty: as the handler says
     * @throws PluginException if it wants batches of a size that is none
     */
    HandlerCall call(EventHandler handler, Optional<String> orderBy) throws PluginException {
        int size = handler instanceof BatchHandler batches ? batchSize(batches) : 1;
        if (size < 1) {
            throw plugin.refused("its batchSize() is " + size, "return 1 or more");
        }
        return new HandlerCall(handler, gate, orderBy, size);
    }

    private int batchSize(BatchHandler handler) throws PluginException {
        gate.enter();
        try {
            return handler.batchSize();
        } catch (Throwable e) { // A stranger's code may throw anything.
            throw plugin.refused("its batchSize() failed (" + Causes.silent(e) + ")", "return 1 or more");
        } finally {
            gate.leave();
        }
    }

    /**
     * Has a handler forget.
     *
     * @throws Exception whatever it throws, which may be an {@link Error} as well
     */
    void reset(Rebuildable handler) throws Exception {
        gate.enter();
        try {
            handler.reset();
        } finally {
            gate.leave();
        }
    }

    /**
     * Where a handler that keeps its position wants to begin; asked as often as it takes.
     *
     * @return empty if it keeps none, or has stored none, or the delivery is to end
     * @throws PluginException if that cannot be told
     */
    OptionalLong position(EventHandler handler, StopSignal stop, RandomGenerator random) throws PluginException {
        if (!(handler instanceof OwnPosition own)) {
            return OptionalLong.empty();
        }
        Attempts attempts = new Attempts(random, 0);
        while (!stop.isStopped()) {
            try {
                return position(own);
            } catch (RetryLater e) {
                Duration delay = attempts.postponed();
                log.warn(
                        "plugin instance {} cannot read its own position yet ({}); again in {} ms",
                        instance,
                        Causes.silent(e),
                        delay.toMillis());
                stop.pause(delay);
            }
        }
        return OptionalLong.empty();
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"}) // a stranger's code may return null all the same
    private OptionalLong position(OwnPosition own) throws PluginException, RetryLater {
        OptionalLong position;
        gate.enter();
        try {
            position = own.position();
        } catch (RetryLater e) {
            throw e;
        } catch (Throwable e) { // A stranger's code may throw anything.
            if (gate.isInterrupted()) {
                return OptionalLong.empty(); // the server stops
            }
            throw plugin.refused(
                    "its own position cannot be read (" + Causes.silent(e) + ")", "see to what it is stored in");
        } finally {
            gate.leave();
        }
        if (position == null) {
            throw plugin.refused("its position() returned null", "return an OptionalLong, empty perhaps");
        }
        return position;
    }
}
