package io.zoomws.server.delivery;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;

/** One call of a handler, whatever it throws. */
final class HandlerCall {

    /** How the call ended. */
    sealed interface Outcome {}

    /** It returned. */
    record Done() implements Outcome {}

    /** It threw {@link RetryLater}. */
    record Postponed(Throwable thrown) implements Outcome {}

    /** It threw anything else, {@link Error}s included. */
    record Failed(Throwable thrown) implements Outcome {}

    /** It was interrupted because the server stops; the entry is delivered again in the next run. */
    record Interrupted() implements Outcome {}

    private final EventHandler handler;
    private final InterruptGate gate;

    HandlerCall(EventHandler handler, InterruptGate gate) {
        this.handler = handler;
        this.gate = gate;
    }

    /** Hands an event or a gap to the handler. */
    Outcome deliver(Entry entry, Delivery delivery) {
        gate.calls().about(entry.sequence());
        gate.enter();
        try {
            if (entry instanceof ZoomEvent event) {
                handler.handle(event, delivery);
            } else if (entry instanceof Gap gap) {
                handler.gap(gap, delivery);
            }
            return new Done();
        } catch (RetryLater e) {
            gate.calls().failed(e);
            return gate.isInterrupted() ? new Interrupted() : new Postponed(e);
        } catch (Throwable e) {
            // Errors too: an OutOfMemoryError or StackOverflowError of a plugin is no reason to end the feed. Where the
            // heap is really full, whoever needs it next says so.
            gate.calls().failed(e);
            return gate.isInterrupted() ? new Interrupted() : new Failed(e);
        } finally {
            gate.leave();
        }
    }
}
