package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonPointer;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An event as read; its frame is parsed when somebody first asks for what is in it. */
final class StoredEvent extends StoredEntry implements ZoomEvent {

    /** Derived from the bytes, so that two threads that race here make equal values. */
    private volatile @Nullable EventText text;

    StoredEvent(String subscription, IndexRecord index, byte[] payload) {
        super(subscription, index, payload);
    }

    @Override
    public String id() {
        return index().stable().text();
    }

    @Override
    public String type() {
        return text().type();
    }

    @Override
    public Optional<Instant> occurredAt() {
        return text().occurredAt();
    }

    @Override
    public OptionalLong duplicateOf() {
        long first = index().duplicateOf();
        return first == 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    @Override
    public String json() {
        return text().json();
    }

    @Override
    public Optional<String> text(String pointer) {
        JsonPointer compiled = JsonPointer.compile(pointer);
        try {
            return Optional.ofNullable(Json.find(json(), compiled));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private EventText text() {
        EventText known = text;
        if (known == null) {
            known = Frame.read(bytes()).event();
            if (known == null) {
                throw unreadable(null);
            }
            text = known;
        }
        return known;
    }

    private JournalException unreadable(@Nullable IOException cause) {
        return new JournalException(
                "The index says that sequence " + sequence() + " of '" + subscription()
                        + "' is an event and its bytes are none: stop the server, delete the index of its segment, start again",
                cause == null ? new IOException("not an event") : cause);
    }
}
