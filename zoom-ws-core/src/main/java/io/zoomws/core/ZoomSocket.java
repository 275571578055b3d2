package io.zoomws.core;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.zoomws.auth.AccessToken;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One socket to Zoom, from connecting to its end, which is told exactly once. Event loop only. */
final class ZoomSocket {

    /** Told of what happens to a socket, on the event loop. */
    interface Events {
        void asked(ZoomSocket socket);

        void opened(ZoomSocket socket);

        void openFailed(ZoomSocket socket, boolean refused, String cause);

        /**
         * A whole frame came.
         *
         * @param payload valid during the call only
         */
        void frame(ZoomSocket socket, FrameType type, ByteBuf payload);

        /**
         * It has ended.
         *
         * @param readToEnd whether all that was sent to it has been handed on
         */
        void closed(ZoomSocket socket, boolean kicked, boolean readToEnd, String cause);
    }

    private static final String HEARTBEAT = "{\"module\":\"heartbeat\"}";
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final long CLOSE_MILLIS = 1_000;

    private final long number;
    private final AccessToken token;
    private final Events events;
    private final Clocks clocks;
    private @Nullable Channel channel;
    private long lastFrameNanos;
    private long readingSinceNanos;
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    private boolean open;
    private boolean ended;
    private boolean cut;
    private boolean broken;
    private boolean closedByZoom;
    private boolean kicked;
    private @Nullable String cause;

    ZoomSocket(long number, AccessToken token, Events events, Clocks clocks) {
        this.number = number;
        this.token = token;
        this.events = events;
        this.clocks = clocks;
        this.readingSinceNanos = clocks.monotonicNanos();
        this.lastFrameNanos = readingSinceNanos;
    }

    void connect(EventLoop loop, InetSocketAddress address, ConnectionSettings settings, @Nullable SslContext tls) {
        if (ended) {
            return;
        }
        URI url = settings.webSocketUrl();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                // A write that fails must not throw away what was received and is not read yet: the read side ends it.
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, settings.handshakeTimeout().toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel created) {
                        channel = created;
                        settings.transport().proxy().ifPresent(proxy -> created.pipeline()
                                .addLast(new ProxyTunnel(
                                        ZoomSocket.this,
                                        proxy,
                                        url.getHost(),
                                        WebSocketUrl.port(url),
                                        settings.handshakeTimeout().toMillis() / 2)));
                        if (tls != null) {
                            SslHandler handler = tls.newHandler(created.alloc(), host(url), WebSocketUrl.port(url));
                            handler.setHandshakeTimeoutMillis(
                                    settings.handshakeTimeout().toMillis());
                            handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
                            created.pipeline().addLast(handler);
                        }
                        created.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(LARGEST_ANSWER))
                                .addLast(new SocketHandler(
                                        ZoomSocket.this,
                                        WebSocketUrl.withToken(settings, token),
                                        tls != null,
                                        settings.maxFrameBytes()));
                    }
                });
        bootstrap.connect(address).addListener(connected -> {
            Throwable failure = connected.cause();
            if (failure != null) {
                failed(EndCause.ofConnecting(failure, settings.transport()));
                inactive();
            }
        });
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    void asked() {
        events.asked(this);
    }

    void opened() {
        open = true;
        events.opened(this);
    }

    /** The upgrade was answered by something else. */
    void turnedDown(int status) {
        end();
        events.openFailed(this, status == 401 || status == 403, EndCause.ofStatus(status));
        cut();
    }

    /** Remembers why the socket is about to end; the first reason stands. */
    void failed(String why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** It cannot be read any further. */
    void broken(String why) {
        broken = true;
        failed(why);
    }

    void closedByZoom(CloseWebSocketFrame close) {
        closedByZoom = true;
        kicked = ControlFrame.saysKicked(close.reasonText());
        failed(EndCause.of(close, token.reveal()));
    }

    /** The socket is gone. */
    void inactive() {
        if (!ended) {
            end();
            String why = cause == null ? "dropped without a close frame" : cause;
            if (open) {
                // After Zoom's close frame nothing can come, and an end without one comes after all that was sent.
                events.closed(this, kicked, closedByZoom || !(cut || broken), why);
            } else {
                events.openFailed(this, false, cause == null ? "closed during the handshake" : why);
            }
        }
        gone.complete(null);
    }

    private void end() {
        ended = true;
    }

    void anyFrame() {
        lastFrameNanos = clocks.monotonicNanos();
    }

    /**
     * Frames that were read before a cut and come after it are dropped: the one before them may be lost, so that an answer
     * to a heartbeat among them would prove too much.
     */
    void frame(FrameType type, ByteBuf payload) {
        if (!cut) {
            events.frame(this, type, payload);
        }
    }

    void sendHeartbeat() {
        if (channel != null) {
            ChannelFuture unused = channel.writeAndFlush(new TextWebSocketFrame(HEARTBEAT));
        }
    }

    void stopReading() {
        readingSinceNanos = Input.TimerDue.PAUSED;
        if (channel != null) {
            channel.config().setAutoRead(false);
        }
    }

    void resumeReading() {
        if (readingSinceNanos == Input.TimerDue.PAUSED) {
            readingSinceNanos = clocks.monotonicNanos();
            if (channel != null) {
                channel.config().setAutoRead(true);
            }
        }
    }

    /** Sends a close frame and gives the other side a moment to answer, so that what it sent before is read. */
    void close() {
        Channel active = channel;
        if (active == null || !open) {
            cut();
            return;
        }
        ChannelFuture unused = active.writeAndFlush(new CloseWebSocketFrame(1000, ""));
        limitClosing(active);
    }

    private void limitClosing(Channel active) {
        var timeout = active.eventLoop()
                .schedule(
                        () -> {
                            if (readingSinceNanos == Input.TimerDue.PAUSED) {
                                limitClosing(active); // it is not the other side that is slow
                            } else {
                                failed("cut before it was read to its end");
                                cut();
                            }
                        },
                        CLOSE_MILLIS,
                        TimeUnit.MILLISECONDS);
        active.closeFuture().addListener(closed -> timeout.cancel(false));
    }

    void cut() {
        cut = true;
        if (channel != null) {
            ChannelFuture unused = channel.close();
        } else {
            end();
            gone.complete(null);
        }
    }

    /** Completes, on the event loop, when the socket is closed or was never opened. */
    CompletableFuture<@Nullable Void> whenGone() {
        return gone;
    }

    long number() {
        return number;
    }

    long lastFrameNanos() {
        return lastFrameNanos;
    }

    long readingSinceNanos() {
        return readingSinceNanos;
    }
}
