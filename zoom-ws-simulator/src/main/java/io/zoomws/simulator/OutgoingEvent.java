package io.zoomws.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An event on its way out: what it is, and what the faults want to be done with it. Confined to the event loop. */
final class OutgoingEvent {

    private static final Pattern TOPIC = Pattern.compile("(\"topic\":\")(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern DOWNLOAD_TOKEN = Pattern.compile("(\"download_token\":\")(?:[^\"\\\\]|\\\\.)*+\"");

    private final long number;
    private String content;
    private UnaryOperator<String> framing;

    /** Whether the content is the whole frame already, and so not to be framed otherwise. */
    private final boolean raw;

    private @Nullable String frame;
    private boolean binary;
    private int fragmentBytes;
    private boolean pings;
    private boolean lost;
    private Duration delay = Duration.ZERO;
    private EventFault.@Nullable EventRepeat repeat;
    private EventFault.@Nullable EventReorder reorder;

    private OutgoingEvent(long number, String content, UnaryOperator<String> framing, boolean raw) {
        this.number = number;
        this.content = content;
        this.framing = framing;
        this.raw = raw;
    }

    static OutgoingEvent of(long number, String event) {
        return new OutgoingEvent(number, event, Frames::message, false);
    }

    /** An event whose whole frame is given. */
    static OutgoingEvent raw(long number, String frame) {
        return new OutgoingEvent(number, frame, content -> content, true);
    }

    /** The same event once more, in the same form. */
    OutgoingEvent copy(String freshDownloadToken) {
        String again = freshDownloadToken.isEmpty()
                ? content
                : DOWNLOAD_TOKEN
                        .matcher(content)
                        .replaceAll("$1" + Matcher.quoteReplacement(freshDownloadToken) + "\"");
        OutgoingEvent copy = new OutgoingEvent(number, again, framing, raw);
        copy.binary = binary;
        copy.fragmentBytes = fragmentBytes;
        copy.pings = pings;
        return copy;
    }

    void delay(Duration time) {
        delay = time;
    }

    void repeat(EventFault.EventRepeat how) {
        repeat = how;
    }

    void reorder(EventFault.EventReorder how) {
        reorder = how;
    }

    void lose() {
        lost = true;
    }

    void fragment(int bytes, boolean withPings) {
        fragmentBytes = bytes;
        pings = withPings;
    }

    void binary() {
        binary = true;
    }

    void frameWith(UnaryOperator<String> other) {
        if (!raw) {
            framing = other;
        }
    }

    /** Changes every topic; an event without one gets one. */
    void topic(String topic) {
        if (!raw) {
            String field = "\"topic\":\"" + Frames.quoted(topic) + "\"";
            Matcher topics = TOPIC.matcher(content);
            content = topics.find()
                    ? topics.replaceAll(Matcher.quoteReplacement(field))
                    : content.replaceFirst("\\{", Matcher.quoteReplacement("{" + field + ","));
        }
    }

    long number() {
        return number;
    }

    boolean isLost() {
        return lost;
    }

    Duration delay() {
        return delay;
    }

    EventFault.@Nullable EventRepeat repeat() {
        return repeat;
    }

    EventFault.@Nullable EventReorder reorder() {
        return reorder;
    }

    /** The text of the whole frame. Once it was asked for, nothing must be changed any more. */
    String frame() {
        if (frame == null) {
            frame = framing.apply(content);
        }
        return frame;
    }

    /** What goes over the wire; the receiver releases it. */
    List<WebSocketFrame> frames() {
        ByteBuf bytes = Unpooled.copiedBuffer(frame(), StandardCharsets.UTF_8);
        int step = fragmentBytes == 0 ? Math.max(1, bytes.readableBytes()) : fragmentBytes;
        List<WebSocketFrame> frames = new ArrayList<>();
        do {
            ByteBuf part = bytes.readRetainedSlice(Math.min(step, bytes.readableBytes()));
            boolean last = !bytes.isReadable();
            if (!frames.isEmpty() && pings) {
                frames.add(new PingWebSocketFrame());
            }
            if (!frames.isEmpty()) {
                frames.add(new ContinuationWebSocketFrame(last, 0, part));
            } else {
                frames.add(binary ? new BinaryWebSocketFrame(last, 0, part) : new TextWebSocketFrame(last, 0, part));
            }
        } while (bytes.isReadable());
        bytes.release();
        return frames;
    }
}
