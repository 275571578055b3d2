package io.zoomws.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a text frame means to the connection. */
enum ControlFrame {
    /** {@code build_connection} with {@code success:true}. */
    CONFIRMED,
    /** {@code build_connection} without. Its text is not looked at: Zoom changes it, which broke others. */
    REFUSED,
    /** The one text that is looked at: the subscription is connected elsewhere. */
    KICKED,
    /** A heartbeat was answered. */
    HEARTBEAT,
    /** An event, or a module we do not know. */
    OTHER,
    /** No JSON object. */
    UNREADABLE;

    /** How Zoom begins an event; seen so in every capture. Anything else is parsed, so the guess costs nothing if it fails. */
    private static final byte[] MESSAGE = "{\"module\":\"message\"".getBytes(StandardCharsets.US_ASCII);

    private static final int LARGEST = 64 * 1024;
    private static final String KICK = "connected in another place";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** Looks at a frame without moving its indices. The common case, an event, neither parses nor allocates. */
    static ControlFrame of(ByteBuf frame) {
        if (frame.readableBytes() > LARGEST || isMessage(frame)) {
            return OTHER;
        }
        byte[] bytes = new byte[frame.readableBytes()];
        frame.getBytes(frame.readerIndex(), bytes);
        try {
            return parse(bytes);
        } catch (IOException e) {
            // Jackson quotes what it cannot read; the frame itself goes to the sink.
            return UNREADABLE;
        }
    }

    /** Whether a close reason or a control frame says that another connection took over. */
    static boolean saysKicked(String text) {
        return text.toLowerCase(Locale.ROOT).contains(KICK);
    }

    private static boolean isMessage(ByteBuf frame) {
        if (frame.readableBytes() < MESSAGE.length) {
            return false;
        }
        for (int i = 0; i < MESSAGE.length; i++) {
            if (frame.getByte(frame.readerIndex() + i) != MESSAGE[i]) {
                return false;
            }
        }
        return true;
    }

    private static ControlFrame parse(byte[] bytes) throws IOException {
        String module = "";
        boolean success = false;
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return UNREADABLE;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("module") && value == JsonToken.VALUE_STRING) {
                    module = json.getText();
                } else if (name.equals("success")) {
                    success = value == JsonToken.VALUE_TRUE
                            || (value == JsonToken.VALUE_STRING
                                    && json.getText().equals("true"));
                } else {
                    json.skipChildren();
                }
            }
        }
        return meaning(module, success, bytes);
    }

    private static ControlFrame meaning(String module, boolean success, byte[] bytes) {
        if (module.equals("message")) {
            return OTHER;
        }
        if (!success && !module.isEmpty() && saysKicked(new String(bytes, StandardCharsets.ISO_8859_1))) {
            return KICKED;
        }
        return switch (module) {
            case "build_connection" -> success ? CONFIRMED : REFUSED;
            case "heartbeat" -> success ? HEARTBEAT : OTHER;
            default -> OTHER;
        };
    }
}
