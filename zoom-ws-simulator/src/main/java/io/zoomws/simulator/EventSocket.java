package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection after the HTTP upgrade, which succeeds whatever the token: only now is the client accepted or refused, in
 * band. Afterwards it answers heartbeats and cuts a client that has fallen silent. Confined to the event loop.
 */
final class EventSocket extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NORMAL = 1000;

    private final Hub hub;
    private final FaultRunner faults;
    private final Admission admission;
    private final KickStyle kickStyle;
    private final Channel channel;
    private final Outlet outlet;
    private Duration silenceLimit;
    private boolean ignoresHeartbeats;
    private @Nullable ScheduledFuture<?> silence;

    /** Null until the client is accepted. */
    private @Nullable ConnectionLife life;

    EventSocket(Hub hub, FaultRunner faults, SimulatorSettings settings, Admission admission, Channel channel) {
        this.hub = hub;
        this.faults = faults;
        this.admission = admission;
        this.kickStyle = settings.kickStyle();
        this.silenceLimit = settings.silenceLimit();
        this.channel = channel;
        this.outlet = new Outlet(channel);
    }

    /** The handshake's answer is on its way: say whether the client is accepted. */
    void begin() {
        if (admission.refusal() != null) {
            refuse(admission.refusal());
        } else if (admission.fault() != null) {
            admission.fault().strike(this);
        } else {
            accept();
        }
    }

    void refuse(String text) {
        hub.refusedOne();
        text(Frames.refused(text));
        close(NORMAL, "Bye", EndCause.FAULT);
    }

    void accept() {
        if (outlet.isFinished()) {
            return; // the client said goodbye while it waited
        }
        text(Frames.ACCEPTED);
        life = hub.ready(this, faults.overlap());
        awaitHeartbeat();
        hub.payDebts(this);
        faults.ready(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            end(EndCause.CLIENT_CLOSED);
            outlet.close(Math.max(0, close.statusCode()), close.statusCode() < 0 ? "" : close.reasonText());
        } else if (frame instanceof PingWebSocketFrame ping) {
            outlet.write(new PongWebSocketFrame(ping.content().retain()));
        } else if (frame instanceof TextWebSocketFrame text && isHeartbeat(text.text())) {
            heartbeat();
        }
        // Whatever else a client may send, Zoom was not seen to answer it.
    }

    private void heartbeat() {
        if (isLive()) {
            awaitHeartbeat();
        }
        if (!ignoresHeartbeats) {
            outlet.write(List.of(new TextWebSocketFrame(Frames.HEARTBEAT_ANSWER)), sent -> {
                if (sent) {
                    hub.heartbeat();
                    if (life != null) {
                        life.answeredHeartbeat();
                    }
                }
            });
        }
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
        end(EndCause.CLIENT_GONE);
        outlet.abandon();
        hub.closed(this);
        ctx.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that resets its connection or breaks the protocol: nothing is owed to it any more.
        ctx.close();
    }

    /** Nothing but the heartbeat message counts: Zoom's clients send nothing else, and a ping is not documented. */
    private void awaitHeartbeat() {
        if (silence != null) {
            silence.cancel(false);
        }
        silence = channel.eventLoop()
                .schedule(
                        () -> {
                            hub.cutSilentOne();
                            close(NORMAL, "Bye", EndCause.SILENT);
                        },
                        silenceLimit.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Writes an event and tells what became of it. */
    void send(OutgoingEvent event, Consumer<Boolean> outcome) {
        outlet.write(event.frames(), sent -> {
            if (sent && life != null) {
                life.sentEvent();
            }
            outcome.accept(sent);
        });
    }

    void text(String text) {
        outlet.write(new TextWebSocketFrame(text));
    }

    /** A newer connection has become ready. */
    void kick() {
        kick(kickStyle);
    }

    void kick(KickStyle style) {
        hub.kickedOne();
        switch (style) {
            case FRAME -> {
                text(Frames.refused(Frames.KICK_TEXT));
                close(NORMAL, "Bye", EndCause.KICKED);
            }
            case REASON -> close(NORMAL, Frames.KICK_TEXT, EndCause.KICKED);
            case BARE -> close(NORMAL, "", EndCause.KICKED);
        }
    }

    void close(int code, String reason, EndCause why) {
        end(why);
        outlet.close(code, reason);
    }

    /** It is not live any more, for the first reason that is given. */
    void end(EndCause why) {
        if (silence != null) {
            silence.cancel(false);
        }
        if (life != null && !life.isOver()) {
            life.end(hub.now(), why);
            hub.gone(this);
        }
    }

    void ignoreHeartbeats(@Nullable Duration lasting) {
        ignoresHeartbeats = true;
        if (lasting != null) {
            later(lasting, () -> ignoresHeartbeats = false);
        }
    }

    void limitSilence(Duration limit) {
        silenceLimit = limit;
        if (isLive()) {
            awaitHeartbeat();
        }
    }

    void closeAtExpiry(int code, String reason) {
        Instant end = admission.tokenEnd();
        if (end != null) {
            Duration left = Duration.between(hub.now(), end);
            later(left.isNegative() ? Duration.ZERO : left, () -> close(code, reason, EndCause.TOKEN_EXPIRED));
        }
    }

    /** Ends the faults that last. */
    void recover() {
        ignoresHeartbeats = false;
        outlet.recover();
    }

    /** Does something later if the connection is still open. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself when the client has gone
    void later(Duration delay, Runnable task) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (channel.isActive()) {
                                task.run();
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    boolean isLive() {
        return life != null && !life.isOver();
    }

    Outlet outlet() {
        return outlet;
    }

    /** Its number among those that were ready; 0 if it was not. */
    long number() {
        return life == null ? 0 : life.number();
    }
}
