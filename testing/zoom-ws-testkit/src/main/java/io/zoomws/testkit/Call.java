package io.zoomws.testkit;

import io.zoomws.spi.Delivery;
import java.util.List;
import java.util.Optional;

/**
 * One call of a handler, as {@link HandlerTester} made it.
 *
 * @param entries what was delivered: one event, one gap, or the events of a batch
 * @param delivery how
 * @param thrown what the handler threw; empty if it returned. The host logs of it the classes only, a test may look at all.
 */
public record Call(List<TestEntry> entries, Delivery delivery, Optional<Throwable> thrown) {

    /**
     * Makes the list immutable.
     *
     * @param entries as above
     * @param delivery as above
     * @param thrown as above
     */
    public Call {
        entries = List.copyOf(entries);
    }
}
