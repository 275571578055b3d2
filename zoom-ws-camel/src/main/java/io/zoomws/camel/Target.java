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

    /**
     * Something that is no exchange is in the way of delivery, such as a journal that cannot be read. Told each time it is found
     * there; the pump tries again whatever comes of this.
     */
    default void obstructed(Throwable cause) {}
}
