package io.zoomws.camel;

/** How the delivery of an entry ended, after the error handler. */
sealed interface Outcome {

    /** The exchange completed, or a failure was handled or dead-lettered. */
    record Done() implements Outcome {}

    /**
     * The exchange failed.
     *
     * @param cause why
     */
    record Failed(Throwable cause) implements Outcome {}

    /** The exchange was refused because the route is being stopped: nothing can be said about the entry. */
    record Refused() implements Outcome {}
}
