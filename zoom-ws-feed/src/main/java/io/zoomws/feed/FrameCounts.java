package io.zoomws.feed;

/**
 * Frames received since the feed began, heartbeat answers included.
 *
 * @param text text frames
 * @param binary binary frames
 * @param tooLong frames over the size limit
 * @param bytes that were handed to the journal for them; of a frame over the limit only its description
 */
public record FrameCounts(long text, long binary, long tooLong, long bytes) {}
