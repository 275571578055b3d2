package io.zoomws.server.http;

import io.zoomws.server.json.JsonValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to one question of a supervisor.
 *
 * @param good whether it is yes
 * @param status in words
 * @param since since when, where that is asked
 * @param parts of the server that were looked at
 */
record HealthReport(boolean good, String status, Optional<Instant> since, List<Part> parts) {

    HealthReport {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param name of the subscription
     * @param since since when it is so; empty if that is not known or not asked
     * @param reason why it is not good; empty if it is
     */
    record Part(String name, Optional<Instant> since, Optional<String> reason) {

        boolean good() {
            return reason.isEmpty();
        }
    }

    /** As HTTP says it. */
    int httpStatus() {
        return good ? 200 : 503;
    }

    /** Only whether, without a name and without a reason: for whoever has shown no right to know more. */
    byte[] bare() {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("status", status);
            out.writeEndObject();
        });
    }

    /** With the reasons; with {@code since} and each subscription as well, if it is asked since when. */
    byte[] json(boolean withSince) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("status", status);
            if (withSince) {
                out.writeStringField("since", since.map(JsonValues::time).orElse(null));
            }
            out.writeArrayFieldStart("reasons");
            for (Part part : parts) {
                if (part.reason().isPresent()) {
                    out.writeString(part.name() + ": " + part.reason().get());
                }
            }
            out.writeEndArray();
            if (withSince) {
                out.writeArrayFieldStart("subscriptions");
                for (Part part : parts) {
                    out.writeStartObject();
                    out.writeStringField("name", part.name());
                    out.writeBooleanField("receiving", part.good());
                    out.writeStringField(
                            "since", part.since().map(JsonValues::time).orElse(null));
                    out.writeStringField("reason", part.reason().orElse(null));
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            out.writeEndObject();
        });
    }
}
