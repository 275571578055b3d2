package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import java.time.Instant;

/** An entry as read: its index record and its bytes. Immutable. */
class StoredEntry implements Entry {

    private final String subscription;
    private final IndexRecord index;
    private final byte[] payload;

    StoredEntry(String subscription, IndexRecord index, byte[] payload) {
        this.subscription = subscription;
        this.index = index;
        this.payload = payload;
    }

    /** The entry as the type that fits its kind. */
    static Entry of(String subscription, IndexRecord index, byte[] payload) {
        return switch (index.entryKind()) {
            case EVENT -> new StoredEvent(subscription, index, payload);
            case GAP -> StoredGap.read(subscription, index, payload);
            case UNREADABLE ->
                index.kind() == StoredKind.TOO_LONG_FRAME
                        ? new StoredOverLongFrame(subscription, index, payload)
                        : new StoredEntry(subscription, index, payload);
            case CONTROL, CONNECTED, DISCONNECTED, OPENED, CLOSED, QUARANTINE ->
                new StoredEntry(subscription, index, payload);
        };
    }

    final IndexRecord index() {
        return index;
    }

    /** Not to be changed or handed out. */
    final byte[] bytes() {
        return payload;
    }

    @Override
    public final long sequence() {
        return index.sequence();
    }

    @Override
    public final EntryKind kind() {
        return index.entryKind();
    }

    @Override
    public final String subscription() {
        return subscription;
    }

    @Override
    public final Instant receivedAt() {
        return Times.instant(index.receivedAtNanos());
    }

    @Override
    public final long connection() {
        return index.connection();
    }

    @Override
    public final byte[] payload() {
        return payload.clone();
    }

    /** Never the payload: this may end in a log. */
    @Override
    public final String toString() {
        return kind().label() + " " + sequence();
    }
}
