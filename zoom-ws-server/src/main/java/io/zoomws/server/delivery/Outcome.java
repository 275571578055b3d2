package io.zoomws.server.delivery;

import io.zoomws.spi.RetryLater;
import java.util.Optional;

/** How a call of a handler ended. */
sealed interface Outcome {

    /** It returned. */
    record Done() implements Outcome {}

    /** It told what an event belongs to. */
    record Keyed(Optional<String> key) implements Outcome {}

    /** There was no call: an earlier entry of the event's key, the first, is parked. */
    record Waiting(long first, Optional<String> key) implements Outcome {}

    /** It threw {@link RetryLater}. */
    record Postponed(Throwable thrown) implements Outcome {}

    /** It threw anything else, {@link Error}s included. */
    record Failed(Throwable thrown) implements Outcome {}

    /** It was interrupted because the server stops; the entry is delivered again in the next run. */
    record Interrupted() implements Outcome {}
}
