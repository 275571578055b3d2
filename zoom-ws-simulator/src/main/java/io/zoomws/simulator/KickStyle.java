package io.zoomws.simulator;

/**
 * How the older of two connections is told to go. That the newer wins is agreed among clients; how the older learns of it
 * is not known, so each way can be shown.
 */
public enum KickStyle {
    /** A frame with the text, then close code 1000 and reason "Bye". */
    FRAME,
    /** Close code 1000 with the text as its reason. */
    REASON,
    /** Close code 1000 without a word. */
    BARE
}
