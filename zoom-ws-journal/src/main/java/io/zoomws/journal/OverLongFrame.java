package io.zoomws.journal;

import io.zoomws.spi.Entry;

/**
 * An unreadable entry that stands for a frame over the size limit. Its payload is not the frame, which the journal does not
 * keep, but a description of it: a JSON object with {@code length} and {@code sha256}. No frame that was received can pass
 * for one, whatever is in it.
 */
public interface OverLongFrame extends Entry {}
