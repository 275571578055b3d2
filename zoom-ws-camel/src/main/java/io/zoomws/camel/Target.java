package io.zoomws.camel;

import java.util.function.Consumer;

/** Where the pump delivers entries to: the route. */
@FunctionalInterface
interface Target {

    /**
     * Delivers an entry. May return before the outcome is known.
     *
     * @param delivery of an entry
     * @param outcome to be told once, by any thread
     */
    void deliver(Delivery delivery, Consumer<Outcome> outcome);
}
