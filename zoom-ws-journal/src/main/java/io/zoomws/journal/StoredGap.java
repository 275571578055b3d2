package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonPointer;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** A gap as read. */
final class StoredGap extends StoredEntry implements Gap {

    private static final JsonPointer FROM = JsonPointer.compile("/from");
    private static final JsonPointer TO = JsonPointer.compile("/to");
    private static final JsonPointer CAUSE = JsonPointer.compile("/cause");

    private final Instant from;
    private final Instant to;
    private final String cause;

    private StoredGap(String subscription, IndexRecord index, byte[] payload, Instant from, Instant to, String cause) {
        super(subscription, index, payload);
        this.from = from;
        this.to = to;
        this.cause = cause;
    }

    /** A gap whose bounds cannot be read is an entry of kind gap without them. */
    static Entry read(String subscription, IndexRecord index, byte[] payload) {
        String json = new String(payload, StandardCharsets.UTF_8);
        try {
            String from = Json.find(json, FROM);
            String to = Json.find(json, TO);
            String cause = Json.find(json, CAUSE);
            if (from != null && to != null) {
                return new StoredGap(
                        subscription,
                        index,
                        payload,
                        Instant.parse(from),
                        Instant.parse(to),
                        cause == null ? "unknown" : cause);
            }
        } catch (IOException | DateTimeException e) {
            return new StoredEntry(subscription, index, payload);
        }
        return new StoredEntry(subscription, index, payload);
    }

    @Override
    public Instant from() {
        return from;
    }

    @Override
    public Instant to() {
        return to;
    }

    @Override
    public String cause() {
        return cause;
    }
}
