package io.zoomws.camel;

import io.zoomws.spi.Entry;
import java.util.function.Consumer;

/** Where the pump delivers entries to: the route. */
@FunctionalInterface
interface Target {

    /**
     * Delivers an entry. May return before the outcome is known.
     *
     * @param entry to deliver
     * @param attempt from 1
     * @param outcome to be told once, by any thread
     */
    void deliver(Entry entry, int attempt, Consumer<Outcome> outcome);
}
