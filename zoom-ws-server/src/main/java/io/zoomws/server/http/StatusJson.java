package io.zoomws.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.ReconnectCause;
import io.zoomws.feed.FrameCounts;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.OpenGap;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.json.JsonValues;
import io.zoomws.server.status.DiskStatus;
import io.zoomws.server.status.OddFrameCounts;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The documents of {@code /api/v1}. Their keys are a promise: fields may be added, none is renamed or removed. */
final class StatusJson {

    private StatusJson() {}

    static byte[] status(ServerStatus status, Instant now) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("version", status.version());
            out.writeStringField("since", JsonValues.time(status.since()));
            out.writeStringField("now", JsonValues.time(now));
            out.writeBooleanField("ready", status.ready());
            out.writeArrayFieldStart("subscriptions");
            for (SubscriptionStatus subscription : status.subscriptions()) {
                write(out, subscription, now);
            }
            out.writeEndArray();
            writePlugins(out, status, now);
            writeRetention(out, status.retention());
            out.writeEndObject();
        });
    }

    static byte[] plugins(ServerStatus status, Instant now) {
        return Json.bytes(out -> {
            out.writeStartObject();
            writePlugins(out, status, now);
            out.writeEndObject();
        });
    }

    static byte[] gaps(String subscription, GapLedger.Page page, GapLedger.Summary summary, Instant now) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("subscription", subscription);
            out.writeArrayFieldStart("gaps");
            for (GapLedger.Row row : page.rows()) {
                out.writeStartObject();
                out.writeNumberField("sequence", row.sequence());
                out.writeStringField("receivedAt", JsonValues.time(row.receivedAt()));
                GapJson.writeFields(out, row.from(), row.to(), row.cause());
                out.writeEndObject();
            }
            out.writeEndArray();
            writeNumber(out, "next", page.next());
            writeFields(out, summary, now);
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, SubscriptionStatus subscription, Instant now) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", subscription.name());
        out.writeBooleanField("ready", subscription.ready());
        write(out, subscription.connection());
        write(out, subscription.frames(), subscription.oddFrames());
        write(out, subscription.journal().events());
        write(out, subscription.journal());
        write(out, subscription.disk());
        out.writeObjectFieldStart("gaps");
        writeFields(out, subscription.gaps(), now);
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, ConnectionStatus connection) throws IOException {
        out.writeObjectFieldStart("connection");
        out.writeStringField("state", connection.state().name().toLowerCase(Locale.ROOT));
        out.writeStringField("since", JsonValues.time(connection.since()));
        out.writeStringField("cause", connection.cause());
        out.writeNumberField("number", connection.connection());
        writeTime(out, "lastFrameAt", connection.lastFrameAt());
        out.writeFieldName("heartbeatRoundTripSeconds");
        if (connection.heartbeatRoundTrip().isPresent()) {
            out.writeNumber(JsonValues.seconds(connection.heartbeatRoundTrip().get()));
        } else {
            out.writeNull();
        }
        writeTime(out, "nextTryAt", connection.nextTryAt());
        out.writeArrayFieldStart("reconnects");
        for (ReconnectCause cause : ReconnectCause.values()) {
            long count = connection.reconnects().getOrDefault(cause, 0L);
            if (count > 0) {
                out.writeStartObject();
                out.writeStringField("cause", cause.name().toLowerCase(Locale.ROOT));
                out.writeNumberField("count", count);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, FrameCounts frames, OddFrameCounts odd) throws IOException {
        out.writeObjectFieldStart("frames");
        out.writeNumberField("text", frames.text());
        out.writeNumberField("binary", frames.binary());
        out.writeNumberField("tooLong", frames.tooLong());
        out.writeNumberField("bytes", frames.bytes());
        out.writeNumberField("unreadable", odd.unreadable());
        out.writeNumberField("unknownModule", odd.unknownModule());
        out.writeNumberField("withoutEvent", odd.withoutEvent());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, JournalStatus journal) throws IOException {
        out.writeObjectFieldStart("journal");
        out.writeStringField("state", journal.state().name().toLowerCase(Locale.ROOT));
        writeText(out, "failure", journal.failure());
        out.writeStringField("durability", journal.durability());
        out.writeNumberField("epoch", journal.epoch());
        out.writeNumberField("appendedSequence", journal.appendedSequence());
        out.writeNumberField("durableSequence", journal.durableSequence());
        out.writeNumberField("visibleSequence", journal.visibleSequence());
        out.writeNumberField("pendingBytes", journal.pendingBytes());
        out.writeNumberField("pauses", journal.pauses());
        out.writeNumberField("pausedMillis", journal.pausedTime().toMillis());
        out.writeEndObject();
    }

    private static void writeFields(JsonGenerator out, GapLedger.Summary summary, Instant now) throws IOException {
        out.writeFieldName("open");
        if (summary.open().isPresent()) {
            OpenGap open = summary.open().get();
            out.writeStartObject();
            GapJson.writeOpenFields(out, open.from(), now, open.cause());
            out.writeEndObject();
        } else {
            out.writeNull();
        }
        out.writeObjectFieldStart("totals");
        GapJson.writeFields(out, summary.totals());
        out.writeEndObject();
        out.writeNumberField("countedTo", summary.countedTo());
        out.writeBooleanField("complete", summary.complete());
        out.writeNumberField("omitted", summary.omitted());
    }

    private static void writePlugins(JsonGenerator out, ServerStatus status, Instant now) throws IOException {
        out.writeArrayFieldStart("plugins");
        for (PluginStatus plugin : status.plugins()) {
            out.writeStartObject();
            for (Map.Entry<String, @Nullable Object> field : plugin.fields().entrySet()) {
                out.writeFieldName(field.getKey());
                Json.write(out, field.getValue());
            }
            out.writeFieldName("lagSeconds");
            Json.write(out, lagSeconds(plugin, now));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** How old the oldest entry still to come is; null if that is not known. */
    private static @Nullable BigDecimal lagSeconds(PluginStatus plugin, Instant now) {
        if (plugin.lag().orElse(-1) == 0) {
            return BigDecimal.ZERO;
        }
        return plugin.lagSince()
                .map(since -> JsonValues.seconds(GapJson.lengthOf(since, now)))
                .orElse(null);
    }

    private static void writeRetention(JsonGenerator out, RetentionPolicy retention) throws IOException {
        out.writeObjectFieldStart("retention");
        out.writeFieldName("maxAgeSeconds");
        Json.write(out, retention.maxAge().map(JsonValues::seconds).orElse(null));
        writeNumber(out, "maxBytes", retention.maxBytes());
        writeNumber(out, "keepFreeBytes", retention.keepFreeBytes());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, JournalStatus.Events events) throws IOException {
        out.writeObjectFieldStart("families");
        for (Map.Entry<String, Long> family : events.byFamily().entrySet()) {
            if (family.getValue() > 0) {
                out.writeNumberField(family.getKey(), family.getValue());
            }
        }
        out.writeEndObject();
        out.writeNumberField("duplicates", events.duplicates());
    }

    private static void write(JsonGenerator out, DiskStatus disk) throws IOException {
        out.writeObjectFieldStart("disk");
        out.writeNumberField("usableBytes", disk.usableBytes());
        out.writeNumberField("reserveBytes", disk.reserveBytes());
        out.writeNumberField("journalBytes", disk.journalBytes());
        writeTime(out, "oldestAt", disk.oldestAt());
        out.writeEndObject();
    }

    private static void writeText(JsonGenerator out, String name, Optional<String> value) throws IOException {
        out.writeStringField(name, value.orElse(null));
    }

    private static void writeTime(JsonGenerator out, String name, Optional<Instant> value) throws IOException {
        writeText(out, name, value.map(JsonValues::time));
    }

    private static void writeNumber(JsonGenerator out, String name, OptionalLong value) throws IOException {
        out.writeFieldName(name);
        if (value.isPresent()) {
            out.writeNumber(value.getAsLong());
        } else {
            out.writeNull();
        }
    }
}
