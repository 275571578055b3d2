package io.zoomws.core;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.zoomws.auth.AccessToken;
import io.zoomws.auth.TokenException;
import io.zoomws.auth.TokenFailure;
import io.zoomws.auth.TokenSource;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to Zoom for one subscription, for ever: whatever ends it, it is opened again, until {@link #close()}.
 *
 * <p>Carries out what {@code ConnectionMachine} decides. All state belongs to one event-loop thread,
 * {@code zoom-ws-connection}; the public methods may be called by any thread.
 */
public final class ZoomConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZoomConnection.class);
    private static final long CLOSE_SECONDS = 3;

    private final ConnectionSettings settings;
    private final TokenSource tokens;
    private final FrameSink sink;
    private final ConnectionListener listener;
    private final Clocks clocks;
    private final @Nullable SslContext tls;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final NameLookup lookup = new NameLookup();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicLong lastFrameNanos = new AtomicLong();
    private volatile ConnectionStatus status;

    // Event loop only.
    private final ConnectionMachine machine;
    private final Map<Long, Map<Timer, Future<?>>> timers = new HashMap<>();
    private final Map<Long, ZoomSocket> sockets = new HashMap<>();
    private final ZoomSocket.Events events = new SocketEvents();

    /**
     * A connection that does nothing before {@link #start()}.
     *
     * @param settings where to, and how
     * @param tokens asked before each try; not closed by this
     * @param sink takes the frames
     * @param listener told of the connection's life
     * @param firstConnection the number of the first connection; later ones count on from it
     * @param outage the interval that the first ready connection ends; empty on a new journal
     */
    public ZoomConnection(
            ConnectionSettings settings,
            TokenSource tokens,
            FrameSink sink,
            ConnectionListener listener,
            long firstConnection,
            Optional<Outage> outage) {
        this(
                settings,
                tokens,
                sink,
                listener,
                firstConnection,
                outage,
                Clocks.system(),
                RandomGenerator.getDefault(),
                Tls.contextFor(settings));
    }

    ZoomConnection(
            ConnectionSettings settings,
            TokenSource tokens,
            FrameSink sink,
            ConnectionListener listener,
            long firstConnection,
            Optional<Outage> outage,
            Clocks clocks,
            RandomGenerator random,
            @Nullable SslContext tls) {
        this.settings = settings;
        this.tokens = tokens;
        this.sink = sink;
        this.listener = listener;
        this.clocks = clocks;
        this.tls = tls;
        this.machine = new ConnectionMachine(settings, firstConnection, outage, random);
        this.status = machine.status();
        this.group = new MultiThreadIoEventLoopGroup(1, ZoomConnection::thread, NioIoHandler.newFactory());
        this.loop = group.next();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new FastThreadLocalThread(work, "zoom-ws-connection");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to connect. A second call does nothing, nor does one after {@link #close()}. */
    public void start() {
        onLoop(() -> input(new Input.Start()));
    }

    /**
     * Opens another connection in place of the one that is ready, as before the end of a token: with
     * {@link Renewal#MAKE_BEFORE_BREAK} no event is lost by it. Does nothing while none is ready or one is being opened.
     *
     * @param why for the log, a short phrase without any secret
     */
    public void renew(String why) {
        onLoop(() -> input(new Input.Renew(why)));
    }

    /**
     * Ends the connection and opens none until {@link #release()}: the sink can take nothing for longer than memory lasts. The
     * gap of that time has this cause. A second call changes the cause that the status shows.
     *
     * @param why a phrase without any secret
     */
    public void hold(String why) {
        onLoop(() -> input(new Input.Hold(why)));
    }

    /** Opens a connection again after {@link #hold}; does nothing otherwise. */
    public void release() {
        onLoop(() -> input(new Input.Release()));
    }

    /** Goes on reading after the sink answered false. */
    public void resumeReading() {
        onLoop(() -> sockets.values().forEach(ZoomSocket::resumeReading));
    }

    /**
     * How the connection is.
     *
     * @return the newest status
     */
    public ConnectionStatus status() {
        long frameNanos = lastFrameNanos.get();
        ConnectionStatus newest = status;
        return frameNanos == 0 ? newest : newest.withLastFrameAt(Clocks.instant(frameNanos));
    }

    /**
     * Ends the connection in good order: a close frame, a second for its answer, then the thread ends. When this returns
     * neither sink nor listener is called any more. A second call does nothing. Not for the event loop itself.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
        loop.execute(() -> {
            input(new Input.Stop());
            List<CompletableFuture<?>> ends = new ArrayList<>();
            for (ZoomSocket socket : sockets.values()) {
                ends.add(socket.whenGone());
            }
            CompletableFuture<?> unused = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> closed.complete(null));
        });
        closed.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        lookup.close();
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void input(Input input) {
        Moment now = clocks.now();
        for (Action action : machine.on(input, now)) {
            perform(action);
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.FetchToken fetch) {
            fetchToken(fetch.unwanted());
        } else if (action instanceof Action.Open open) {
            open(open);
        } else if (action instanceof Action.SendHeartbeat heartbeat) {
            socket(heartbeat.connection()).ifPresent(ZoomSocket::sendHeartbeat);
        } else if (action instanceof Action.Cut cut) {
            socket(cut.connection()).ifPresent(ZoomSocket::cut);
        } else if (action instanceof Action.Close close) {
            socket(close.connection()).ifPresent(ZoomSocket::close);
        } else if (action instanceof Action.Schedule schedule) {
            schedule(schedule.timer(), schedule.connection(), schedule.delayNanos());
        } else if (action instanceof Action.CancelTimers cancel) {
            Map<Timer, Future<?>> running = timers.remove(cancel.connection());
            if (running != null) {
                running.values().forEach(timer -> timer.cancel(false));
            }
        } else if (action instanceof Action.TellConnected told) {
            tell(() -> listener.connected(told.connection(), told.atNanos()));
        } else if (action instanceof Action.TellDisconnected told) {
            tell(() -> listener.disconnected(told.connection(), told.atNanos(), told.cause()));
        } else if (action instanceof Action.TellGap gap) {
            tell(() -> listener.gap(gap.fromNanos(), gap.toNanos(), gap.cause()));
        } else if (action instanceof Action.TellClockJumped jump) {
            tell(() -> listener.clockJumped(jump.fromNanos(), jump.toNanos()));
        } else if (action instanceof Action.TellChanged) {
            status = machine.status();
            tell(() -> listener.changed(status()));
        }
    }

    private Optional<ZoomSocket> socket(long connection) {
        return Optional.ofNullable(sockets.get(connection));
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The listener of the connection failed; the connection goes on", e);
        }
    }

    private void schedule(Timer timer, long connection, long delayNanos) {
        Future<?> before = timers.computeIfAbsent(connection, number -> new EnumMap<>(Timer.class))
                .put(timer, loop.schedule(() -> timerDue(timer, connection), delayNanos, TimeUnit.NANOSECONDS));
        if (before != null) {
            before.cancel(false);
        }
    }

    private void timerDue(Timer timer, long connection) {
        ZoomSocket socket = sockets.get(connection);
        input(new Input.TimerDue(
                timer,
                connection,
                socket == null ? 0 : socket.lastFrameNanos(),
                socket == null ? 0 : socket.readingSinceNanos()));
    }

    private void fetchToken(@Nullable AccessToken unwanted) {
        CompletableFuture<?> unused = ask(unwanted).whenComplete((token, failure) -> {
            Input answer = token != null ? new Input.TokenReceived(token) : tokenFailed(failure);
            onLoop(() -> input(answer));
        });
    }

    /** The source may be a stranger's: what it throws becomes a failure like any other. */
    private CompletableFuture<AccessToken> ask(@Nullable AccessToken unwanted) {
        try {
            return unwanted == null ? tokens.current() : tokens.fresh(unwanted);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Input tokenFailed(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException known) {
                return new Input.TokenFailed(known.failure(), String.valueOf(known.getMessage()));
            }
        }
        String kind = failure == null ? "no token" : failure.getClass().getSimpleName();
        return new Input.TokenFailed(new TokenFailure.Unavailable(), "The token source failed: " + kind);
    }

    private void onLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody waits for this any more.
            LOG.debug("Too late: the connection is closed");
        }
    }

    private void open(Action.Open open) {
        ZoomSocket socket = new ZoomSocket(open.connection(), open.token(), events, clocks);
        sockets.put(open.connection(), socket);
        CompletableFuture<?> unusedRemoval = socket.whenGone().thenRun(() -> sockets.remove(open.connection()));
        CompletableFuture<?> unused = lookup.find(WebSocketUrl.firstHop(settings), open.connection())
                .whenComplete((address, failure) -> onLoop(() -> found(socket, address, failure)));
    }

    private void found(ZoomSocket socket, @Nullable InetSocketAddress address, @Nullable Throwable failure) {
        if (address != null) {
            socket.connect(loop, address, settings, tls);
        } else {
            socket.failed(failure == null ? "no address" : EndCause.ofConnecting(failure, settings.transport()));
            socket.inactive();
        }
    }

    /** What the sockets tell; a class of its own so that it is not part of the public type. */
    private final class SocketEvents implements ZoomSocket.Events {

        @Override
        public void asked(ZoomSocket socket) {
            input(new Input.Asked(socket.number()));
        }

        @Override
        public void opened(ZoomSocket socket) {
            input(new Input.Opened(socket.number()));
        }

        @Override
        public void openFailed(ZoomSocket socket, boolean refused, String cause) {
            input(new Input.OpenFailed(socket.number(), refused, cause));
        }

        @Override
        public void closed(ZoomSocket socket, boolean kicked, boolean readToEnd, String cause) {
            afterThisRound(new Input.Closed(socket.number(), kicked, readToEnd, cause));
        }

        /**
         * What ends a connection waits until all sockets that were readable together have been read: which of them came first
         * nobody knows, and a confirmation of the next connection shall not lose against a kick of this one by chance.
         */
        private void afterThisRound(Input ending) {
            onLoop(() -> input(ending));
        }

        /**
         * What proves the link is decided before the sink has the frame, so that the gap that it ends is told first; what
         * ends the connection is decided after, so that the frame comes before the end.
         */
        @Override
        public void frame(ZoomSocket socket, FrameType type, ByteBuf payload) {
            long receivedAtNanos = clocks.wallNanos();
            lastFrameNanos.lazySet(receivedAtNanos);
            ControlFrame meaning = meaning(type, payload);
            switch (meaning) {
                case CONFIRMED, HEARTBEAT -> {
                    long before = machine.provenNanos();
                    input(new Input.Answered(socket.number(), meaning));
                    long after = machine.provenNanos();
                    status = machine.status();
                    store(socket, type, receivedAtNanos, after == before ? 0 : after, payload);
                }
                case OTHER -> store(socket, type, receivedAtNanos, 0, payload);
                case REFUSED, UNREADABLE -> {
                    store(socket, type, receivedAtNanos, 0, payload);
                    input(new Input.Answered(socket.number(), meaning));
                }
                case KICKED -> {
                    store(socket, type, receivedAtNanos, 0, payload);
                    afterThisRound(new Input.Answered(socket.number(), meaning));
                }
            }
        }

        private ControlFrame meaning(FrameType type, ByteBuf payload) {
            return switch (type) {
                case TEXT -> ControlFrame.of(payload);
                case BINARY -> ControlFrame.UNREADABLE;
                case TOO_LONG -> ControlFrame.OTHER;
            };
        }

        private void store(
                ZoomSocket socket, FrameType type, long receivedAtNanos, long provenAtNanos, ByteBuf payload) {
            int length = payload.readableBytes();
            ByteBuffer bytes = payload.nioBufferCount() == 1
                    ? payload.internalNioBuffer(payload.readerIndex(), length)
                    : payload.nioBuffer();
            try {
                if (!sink.accept(type, socket.number(), receivedAtNanos, provenAtNanos, bytes)) {
                    socket.stopReading();
                }
            } catch (RuntimeException | Error e) {
                // Its text may be a stranger's, and hold what the frame holds.
                LOG.error(
                        "A frame of connection {} could not be stored ({}); the connection is cut",
                        socket.number(),
                        e.getClass().getName());
                socket.failed("a frame could not be stored");
                socket.cut();
            }
        }
    }
}
