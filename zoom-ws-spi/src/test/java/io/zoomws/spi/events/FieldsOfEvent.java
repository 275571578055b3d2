package io.zoomws.spi.events;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An event of which nothing is known but its type and the texts at some pointers: all that this package asks for. */
record FieldsOfEvent(String type, Map<String, String> texts) implements ZoomEvent {

    /** Pairs of a pointer, below the payload, and the text there. */
    static FieldsOfEvent of(String type, String... pairs) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            texts.put("/payload/" + pairs[i], pairs[i + 1]);
        }
        return new FieldsOfEvent(type, texts);
    }

    @Override
    public Optional<String> text(String pointer) {
        return Optional.ofNullable(texts.get(pointer));
    }

    @Override
    public String id() {
        return "id";
    }

    @Override
    public Optional<Instant> occurredAt() {
        return Optional.empty();
    }

    @Override
    public OptionalLong duplicateOf() {
        return OptionalLong.empty();
    }

    @Override
    public String json() {
        return "{}";
    }

    @Override
    public long sequence() {
        return 1;
    }

    @Override
    public EntryKind kind() {
        return EntryKind.EVENT;
    }

    @Override
    public String subscription() {
        return "main";
    }

    @Override
    public Instant receivedAt() {
        return Instant.EPOCH;
    }

    @Override
    public long connection() {
        return 1;
    }

    @Override
    public byte[] payload() {
        return new byte[0];
    }
}
