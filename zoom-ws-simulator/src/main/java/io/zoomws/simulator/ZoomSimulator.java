package io.zoomws.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A simulated Zoom, listening on loopback until closed. Methods may be called by any thread but its own event loop.
 */
public final class ZoomSimulator implements AutoCloseable {

    private static final int LARGEST_BODY_BYTES = 16 << 20;

    private final SimulatorSettings settings;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Hub hub;
    private final Tokens tokens;
    private final TokenEndpoint tokenEndpoint;
    private final Pacer pacer;
    private final Channel listener;

    private ZoomSimulator(SimulatorSettings settings, InstantSource clock) {
        this.settings = settings;
        EventSource source = settings.eventsDirectory().isPresent()
                ? DirectoryEvents.read(settings.eventsDirectory().get())
                : new Story(settings.seed(), clock);
        hub = new Hub(clock, settings.ledgerLimit());
        tokens = new Tokens(clock, new SecureRandom(), settings.tokenLife(), settings.newTokenEndsOld());
        tokenEndpoint = new TokenEndpoint(settings, tokens);
        pacer = new Pacer(source, hub, settings.eventsPerSecond(), settings.count());
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("zoom-simulator", true), NioIoHandler.newFactory());
        loop = group.next();
        listener = listen();
    }

    /**
     * Starts a simulator.
     *
     * @param settings what it is like
     * @return a simulator that accepts connections; close it
     * @throws SimulatorException if the port is taken or the events cannot be read
     */
    public static ZoomSimulator start(SimulatorSettings settings) {
        return start(settings, InstantSource.system());
    }

    static ZoomSimulator start(SimulatorSettings settings, InstantSource clock) {
        ZoomSimulator simulator = new ZoomSimulator(settings, clock);
        simulator.onLoop(() -> {
            simulator.pacer.start(simulator.loop);
            return true;
        });
        return simulator;
    }

    private Channel listen() {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(LARGEST_BODY_BYTES))
                                .addLast(new Router(settings, tokenEndpoint, tokens, hub));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw new SimulatorException(
                    "port " + settings.port() + " cannot be listened on ("
                            + bound.cause().getMessage()
                            + "): end what uses it, or choose another port; 0 takes any free one",
                    bound.cause());
        }
        return bound.channel();
    }

    /** {@return the port it listens on} */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** {@return where tokens are issued} */
    public URI tokenUrl() {
        return URI.create("http://127.0.0.1:" + port() + "/oauth/token");
    }

    /** {@return where events come from; without the subscription id} */
    public URI webSocketUrl() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    /** {@return what it is like: the credentials, among others} */
    public SimulatorSettings settings() {
        return settings;
    }

    /** {@return what it has done so far} */
    public SimulatorStats stats() {
        return onLoop(() -> hub.stats(tokenEndpoint));
    }

    /**
     * Sends an event at once, as a JSON string inside a frame.
     *
     * @param event JSON text, not checked
     * @return whether there was a connection to send it on
     */
    public boolean send(String event) {
        return onLoop(() -> hub.happen(event));
    }

    /**
     * Nothing happens by itself any more; connections stay. Waits up to 5 s until each event is either sent or missed, so
     * that the counts afterwards are final unless a client does not read.
     */
    public void stopSending() {
        onLoop(() -> {
                    pacer.stop();
                    return hub.quiet();
                })
                .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                .join();
    }

    /** {@return the newest events that were written to a live connection, oldest first; see the ledger limit} */
    public List<SentEvent> sent() {
        return onLoop(hub::ledger);
    }

    private <T> T onLoop(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    /** Closes every connection with 1001 and stops listening. A second call does nothing. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        onLoop(() -> {
            pacer.stop();
            hub.closeAll();
            return true;
        });
        listener.close().awaitUninterruptibly();
        // A short quiet period lets the close frames out.
        group.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
