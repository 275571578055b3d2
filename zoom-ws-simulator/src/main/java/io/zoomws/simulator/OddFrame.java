package io.zoomws.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Frames that a client must survive. None carries an event that counts. */
enum OddFrame {
    /** A text frame of no bytes. */
    EMPTY(0, size -> text("")),
    /** Text that never was JSON. */
    NOT_JSON(0, size -> text("Service temporarily unavailable")),
    /** JSON that ends too early. */
    MALFORMED(0, size -> text("{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"meeting.st")),
    /** JSON, but no object. */
    NOT_AN_OBJECT(0, size -> text("[\"message\"]")),
    /** An object in which each key stands twice. */
    DUPLICATE_KEYS(
            0,
            size -> text(
                    "{\"module\":\"message\",\"module\":\"heartbeat\",\"content\":\"live\",\"content\":\"dead\"}")),
    /** A message whose number has so many digits. */
    HUGE_NUMBER(
            10_000,
            size -> text("{\"module\":\"message\",\"content\":{\"event\":\"odd.number\",\"event_ts\":"
                    + "9".repeat(size) + "}}")),
    /** A message with so many arrays in each other. */
    DEEP_NESTING(
            100_000,
            size -> text("{\"module\":\"message\",\"content\":{\"event\":\"odd.depth\",\"payload\":" + "[".repeat(size)
                    + "]".repeat(size) + "}}")),
    /** A module that nobody has seen. */
    UNKNOWN_MODULE(0, size -> text("{\"module\":\"weather\",\"content\":\"rain\",\"header\":{}}")),
    /** An object without module. */
    MISSING_MODULE(0, size -> text("{\"content\":\"live\",\"header\":{}}")),
    /** A message without content. */
    MISSING_CONTENT(0, size -> text("{\"module\":\"message\",\"header\":{}}")),
    /** A message whose content is text, but no JSON. */
    CONTENT_NOT_JSON(0, size -> text("{\"module\":\"message\",\"content\":\"live\",\"header\":{}}")),
    /** A binary frame of so many bytes. */
    BINARY(16, size -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[size]))),
    /** A text frame whose bytes are no UTF-8. */
    INVALID_UTF8(0, size -> new TextWebSocketFrame(bytes(0x7b, 0x22, 0xc3, 0x28, 0xff, 0x22, 0x7d))),
    /** A text frame with NUL in it. */
    NUL(0, size -> text("{\"module\":\"message\",\u0000\"content\":\"\u0000\"}")),
    /** A text frame that begins with a byte order mark. */
    BOM(0, size -> text("\ufeff{\"module\":\"weather\",\"content\":\"rain\",\"header\":{}}")),
    /** A text frame with line feeds, escapes for terminals and look-ups for loggers. */
    CONTROL_CHARACTERS(0, size -> text("\u001b[2J\u001b]0;owned\u0007\r\n${jndi:ldap://127.0.0.1/a}\u202e\u0085")),
    /** A text frame of so many bytes. */
    OVERSIZE(20 << 20, size -> text("{\"module\":\"weather\",\"content\":\"" + "x".repeat(size) + "\"}")),
    /** A ping. */
    PING(0, size -> new PingWebSocketFrame(Unpooled.copiedBuffer("p", StandardCharsets.US_ASCII))),
    /** A pong that nobody asked for. */
    PONG(0, size -> new PongWebSocketFrame(Unpooled.copiedBuffer("p", StandardCharsets.US_ASCII)));

    private final int standardSize;

    @SuppressWarnings("ImmutableEnumChecker") // each lambda is without state
    private final IntFunction<WebSocketFrame> maker;

    OddFrame(int standardSize, IntFunction<WebSocketFrame> maker) {
        this.standardSize = standardSize;
        this.maker = maker;
    }

    /** How odd it is if nothing is said; 0: it has no size. */
    int standardSize() {
        return standardSize;
    }

    WebSocketFrame frame(int size) {
        return maker.apply(size);
    }

    private static WebSocketFrame text(String text) {
        return new TextWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static ByteBuf bytes(int... values) {
        ByteBuf bytes = Unpooled.buffer(values.length);
        for (int value : values) {
            bytes.writeByte(value);
        }
        return bytes;
    }
}
