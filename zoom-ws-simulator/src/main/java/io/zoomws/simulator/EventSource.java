package io.zoomws.simulator;

/** An endless supply of events. Confined to the event loop. */
@FunctionalInterface
interface EventSource {

    /** The next event, as compact JSON. */
    String next();
}
