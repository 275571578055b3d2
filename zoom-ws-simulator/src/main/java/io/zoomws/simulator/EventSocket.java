package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection after the HTTP upgrade, which succeeds whatever the token: only now is the client accepted or refused, in
 * band. Afterwards it answers heartbeats and cuts a client that has fallen silent. Confined to the event loop.
 */
final class EventSocket extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NORMAL = 1000;

    private final Hub hub;
    private final KickStyle kickStyle;
    private final Duration silenceLimit;

    /** Why the client is not welcome, null if it is. */
    private final @Nullable String refusal;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> silence;
    private long number;
    private long eventsSent;
    private long heartbeats;

    EventSocket(Hub hub, KickStyle kickStyle, Duration silenceLimit, @Nullable String refusal) {
        this.hub = hub;
        this.kickStyle = kickStyle;
        this.silenceLimit = silenceLimit;
        this.refusal = refusal;
    }

    /** The handshake's answer is on its way: say whether the client is accepted. */
    void begin(ChannelHandlerContext ctx) {
        context = ctx;
        if (refusal != null) {
            hub.refusedOne();
            text(ctx, Frames.refused(refusal));
            close(NORMAL, "Bye");
            return;
        }
        text(ctx, Frames.ACCEPTED);
        number = hub.ready(this);
        awaitHeartbeat(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            hub.gone(this);
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (frame instanceof PingWebSocketFrame ping) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else if (frame instanceof TextWebSocketFrame text && isHeartbeat(text.text())) {
            heartbeats++;
            if (refusal == null) {
                awaitHeartbeat(ctx);
            }
            hub.heartbeat();
            text(ctx, Frames.HEARTBEAT_ANSWER);
        }
        // Whatever else a client may send, Zoom was not seen to answer it.
    }

    private static boolean isHeartbeat(String text) {
        try {
            JsonNode module = JSON.readTree(text).path("module");
            return module.isTextual() && module.textValue().equals("heartbeat");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (silence != null) {
            silence.cancel(false);
        }
        hub.gone(this);
        ctx.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that resets its connection or breaks the protocol: nothing is owed to it any more.
        ctx.close();
    }

    /** Nothing but the heartbeat message counts: Zoom's clients send nothing else, and a ping is not documented. */
    private void awaitHeartbeat(ChannelHandlerContext ctx) {
        if (silence != null) {
            silence.cancel(false);
        }
        silence = ctx.executor().schedule(this::cutForSilence, silenceLimit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cutForSilence() {
        hub.cutSilentOne();
        close(NORMAL, "Bye");
    }

    /** Writes an event's frame and tells the hub what became of it. */
    void send(String frame) {
        if (context == null) {
            hub.lost();
            return;
        }
        context.writeAndFlush(new TextWebSocketFrame(frame))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        eventsSent++;
                        hub.written(this, frame);
                    } else {
                        hub.lost();
                    }
                })
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    boolean writable() {
        return context != null && context.channel().isWritable();
    }

    /** A newer connection has become ready. */
    void kick() {
        switch (kickStyle) {
            case FRAME -> {
                if (context != null) {
                    text(context, Frames.refused(Frames.KICK_TEXT));
                }
                close(NORMAL, "Bye");
            }
            case REASON -> close(NORMAL, Frames.KICK_TEXT);
            case BARE -> close(NORMAL, "");
        }
    }

    void close(int code, String reason) {
        hub.gone(this);
        if (context != null) {
            context.writeAndFlush(new CloseWebSocketFrame(code, reason)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    long number() {
        return number;
    }

    long eventsSent() {
        return eventsSent;
    }

    long heartbeats() {
        return heartbeats;
    }

    private static void text(ChannelHandlerContext ctx, String text) {
        ctx.writeAndFlush(new TextWebSocketFrame(text)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
