package io.zoomws.server.delivery;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.util.List;
import java.util.Optional;

/** One call of a handler, whatever it throws. */
final class HandlerCall {

    /** In characters, as the contract says. */
    static final int LONGEST_KEY = 1000;

    @FunctionalInterface
    private interface Code {
        Outcome run() throws Exception;
    }

    private final EventHandler handler;
    private final InterruptGate gate;
    private final Optional<String> orderBy;
    private final int batchSize;

    /**
     * Of one handler.
     *
     * @param orderBy JSON Pointer to what events belong to; empty: as the handler says
     * @param batchSize how many events it may be handed at once
     */
    HandlerCall(EventHandler handler, InterruptGate gate, Optional<String> orderBy, int batchSize) {
        this.handler = handler;
        this.gate = gate;
        this.orderBy = orderBy;
        this.batchSize = batchSize;
    }

    /** How many events may be handed over at once: 1, unless the handler takes batches. */
    int batchSize() {
        return batchSize;
    }

    /** Asks what an event belongs to: {@link Outcome.Keyed}, or how that failed. */
    Outcome key(ZoomEvent event) {
        gate.calls().about(event.sequence());
        Outcome asked = run(
                () -> new Outcome.Keyed(bounded(orderBy.isPresent() ? event.text(orderBy.get()) : handlersKey(event))));
        // The interrupt went with this call: what is called next would not see it, and might not end.
        return gate.isInterrupted() ? new Outcome.Interrupted() : asked;
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"}) // a stranger's code may return null all the same
    private Optional<String> handlersKey(ZoomEvent event) throws Exception {
        Optional<String> key = handler.key(event);
        if (key == null) {
            throw new NullKeyException();
        }
        return key;
    }

    /** Keys are kept in memory and on disk, with each entry that is parked. */
    private static Optional<String> bounded(Optional<String> key) {
        if (key.isPresent() && key.get().length() > LONGEST_KEY) {
            throw new LongKeyException();
        }
        return key;
    }

    /** Hands an event or a gap to the handler. */
    Outcome deliver(Entry entry, Delivery delivery) {
        gate.calls().about(entry.sequence());
        return run(() -> {
            if (entry instanceof ZoomEvent event) {
                if (handler instanceof BatchHandler batches) {
                    batches.handle(List.of(event), delivery);
                } else {
                    handler.handle(event, delivery);
                }
            } else if (entry instanceof Gap gap) {
                handler.gap(gap, delivery);
            }
            return new Outcome.Done();
        });
    }

    /** Hands several events to a handler that takes batches. */
    Outcome deliver(List<ZoomEvent> events, Delivery delivery) {
        gate.calls().about(events.get(0).sequence());
        return run(() -> {
            ((BatchHandler) handler).handle(events, delivery);
            return new Outcome.Done();
        });
    }

    private Outcome run(Code code) {
        gate.enter();
        try {
            Outcome outcome = code.run();
            if (outcome instanceof Outcome.Done) {
                gate.calls().settled();
            }
            return outcome;
        } catch (RetryLater e) {
            gate.calls().failed(e);
            return gate.isInterrupted() ? new Outcome.Interrupted() : new Outcome.Postponed(e);
        } catch (Throwable e) {
            // Errors too: an OutOfMemoryError or StackOverflowError of a plugin is no reason to end the feed. Where the
            // heap is really full, whoever needs it next says so.
            gate.calls().failed(e);
            return gate.isInterrupted() ? new Outcome.Interrupted() : new Outcome.Failed(e);
        } finally {
            gate.leave();
        }
    }
}
