package io.zoomws.simulator;

/**
 * The connection before stays live beside the next one that becomes ready, instead of being kicked at once.
 *
 * @param events who gets the events meanwhile
 */
record OverlapFault(Sharing events) implements Fault {

    /** Which of several live connections an event is written to. */
    enum Sharing {
        /** Each event to each connection. */
        BOTH,
        /** Each event to one connection, in turns. */
        ALTERNATE,
        /** All to the oldest, until it goes. */
        OLDER
    }

    @Override
    public Place subject() {
        return Place.CONNECTION;
    }

    @Override
    public Lasting lasting() {
        return Lasting.EFFECT;
    }
}
