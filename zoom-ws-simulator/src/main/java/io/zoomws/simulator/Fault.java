package io.zoomws.simulator;

/**
 * Something a simulator does that a client would rather not see. Immutable: one fault may be done many times, and at once by
 * several simulators. How each is written in a script is in {@link FaultCatalogue}; what each does, in FAULTS.md.
 */
sealed interface Fault permits ServerFault, ConnectionFault, OverlapFault, HandshakeFault, TokenFault, EventFault {

    /** What it is done to: the place whose next one it waits for. {@link Place#TIME}: it is done at once. */
    Place subject();

    /** What {@code for} means with this fault. */
    default Lasting lasting() {
        return subject() == Place.TIME ? Lasting.NOTHING : Lasting.WINDOW;
    }

    /** What the step's {@code for} is good for. */
    enum Lasting {
        /** It may not be written: the fault is done in a moment. */
        NOTHING,
        /** How long the effect lasts; without it, for good. */
        EFFECT,
        /** How long the effect lasts; it must be written. */
        EFFECT_WITH_END,
        /** For how long it is done to each subject; without it, to as many as {@code times} says. */
        WINDOW
    }
}
