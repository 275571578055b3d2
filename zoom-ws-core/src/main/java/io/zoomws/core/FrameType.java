package io.zoomws.core;

/** What kind of frame is handed to a {@link FrameSink}. */
public enum FrameType {
    /** A text frame, its bytes as they came. They are not checked to be UTF-8. */
    TEXT,

    /** A binary frame, its bytes as they came. */
    BINARY,

    /** A frame over the size limit. In its stead the payload is the JSON {@code {"length":N,"sha256":"…"}} (hex) that describes it. */
    TOO_LONG
}
