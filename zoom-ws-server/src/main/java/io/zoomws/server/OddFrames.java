package io.zoomws.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.zoomws.server.status.OddFrameCounts;
import io.zoomws.spi.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts the frames of which nobody can make an event although they are no answers to us: they are what is seen first when
 * Zoom changes something. They are read behind the journal, since the way into it parses nothing. Fed by one thread; asked
 * by any.
 */
final class OddFrames implements Consumer<Entry> {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private final Instant since;
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder unknownModule = new LongAdder();
    private final LongAdder withoutEvent = new LongAdder();

    /** Counts what was received from then on. */
    OddFrames(Instant since) {
        this.since = since;
    }

    @Override
    public void accept(Entry entry) {
        if (entry.receivedAt().isBefore(since)) {
            return;
        }
        switch (entry.kind()) {
            case UNREADABLE -> unreadable.increment();
            case CONTROL -> count(module(entry.payload()));
            case EVENT, CONNECTED, DISCONNECTED, GAP, OPENED, CLOSED, QUARANTINE -> {
                // Nothing odd.
            }
        }
    }

    private void count(String module) {
        switch (module) {
            case "heartbeat", "build_connection" -> {
                // Answers.
            }
            case "message" -> withoutEvent.increment();
            default -> unknownModule.increment();
        }
    }

    /** The module that a control frame names; empty if it names none. */
    private static String module(byte[] frame) {
        String module = "";
        try (JsonParser json = JSON.createParser(frame)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean names = json.currentName().equals("module");
                if (json.nextToken() == JsonToken.VALUE_STRING && names) {
                    module = json.getText();
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return module; // deeper or longer than we read: what was found so far
        }
        return module;
    }

    OddFrameCounts counts() {
        return new OddFrameCounts(unreadable.sum(), unknownModule.sum(), withoutEvent.sum());
    }
}
