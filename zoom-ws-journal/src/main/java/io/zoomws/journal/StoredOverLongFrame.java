package io.zoomws.journal;

/** The description of an over-long frame as read. */
final class StoredOverLongFrame extends StoredEntry implements OverLongFrame {

    StoredOverLongFrame(String subscription, IndexRecord index, byte[] payload) {
        super(subscription, index, payload);
    }
}
