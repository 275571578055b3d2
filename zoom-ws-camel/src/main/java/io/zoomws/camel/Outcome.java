package io.zoomws.camel;

/** How the delivery of an entry ended, after the error handler. */
sealed interface Outcome {

    /** The only one of its kind that is needed. */
    Outcome DONE = new Done();

    /** The exchange completed, or a failure was handled or dead-lettered. */
    record Done() implements Outcome {}

    /**
     * The exchange failed.
     *
     * @param cause why
     */
    record Failed(Throwable cause) implements Outcome {}

    /**
     * The exchange failed while the route was being suspended or stopped, which may be why: nothing can be said about the
     * entry.
     *
     * @param cause why
     */
    record Refused(Throwable cause) implements Outcome {}
}
