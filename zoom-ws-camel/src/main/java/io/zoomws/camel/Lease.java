package io.zoomws.camel;

import java.util.Optional;

/** What stands behind a consumer's journal, from the consumer's start to its end. */
interface Lease extends AutoCloseable {

    /** Nothing: somebody else looks after the journal. */
    Lease NONE = () -> {};

    /** The position to begin at is known, so that nothing can slip by this consumer any more: for its part events may come. */
    default void begin() {}

    /** Why no event can come at the moment, in a line for users; empty if all is well, or if nobody here knows. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    void close();
}
