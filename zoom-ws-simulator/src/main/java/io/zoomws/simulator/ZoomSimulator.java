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
import java.util.Random;
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
    private final EventLedger ledger;
    private final EventFlow events;
    private final FaultRunner faults;
    private final FrontDoor door;
    private final TokenEndpoint tokenEndpoint;
    private final Pacer pacer;
    private final Router.Parts parts;
    private final Channel listener;

    private ZoomSimulator(SimulatorSettings settings, InstantSource clock) {
        this.settings = settings;
        EventSource source = settings.eventsDirectory().isPresent()
                ? DirectoryEvents.read(settings.eventsDirectory().get())
                : new Story(settings.seed(), clock);
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("zoom-simulator", true), NioIoHandler.newFactory());
        loop = group.next();
        Random dice = new Random(settings.seed());
        ledger = new EventLedger(clock, settings.ledgerLimit());
        hub = new Hub(clock, ledger);
        Tokens tokens = new Tokens(clock, new SecureRandom(), settings.tokenLife(), settings.newTokenEndsOld());
        tokenEndpoint = new TokenEndpoint(settings, tokens);
        door = new FrontDoor(loop);
        faults = new FaultRunner(loop, hub, tokens, door, dice);
        events = new EventFlow(loop, hub, ledger, faults, dice);
        pacer = new Pacer(source, hub, events, settings.eventsPerSecond(), settings.count());
        parts = new Router.Parts(settings, tokenEndpoint, tokens, hub, events, faults);
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
            return simulator.faults.run(settings.faults());
        });
        return simulator;
    }

    private Channel listen() {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
                    protected void initChannel(SocketChannel channel) {
                        if (door.isShut()) {
                            channel.close();
                            return;
                        }
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(LARGEST_BODY_BYTES))
                                .addLast(new Router(parts));
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
        return onLoop(() -> hub.stats(tokenEndpoint, faults.done()));
    }

    /**
     * Sends an event at once, as a JSON string inside a frame.
     *
     * @param event JSON text, not checked
     * @return whether there was a connection to send it on
     */
    public boolean send(String event) {
        return onLoop(() -> events.happen(event));
    }

    /**
     * Nothing happens by itself any more; connections stay. Waits up to 5 s until each event is either sent or missed, so
     * that the counts afterwards are final unless a client does not read, or a fault holds events back for longer.
     */
    public void stopSending() {
        onLoop(() -> {
                    pacer.stop();
                    events.release();
                    return ledger.quiet();
                })
                .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                .join();
    }

    /** {@return the newest events that were written to a live connection, oldest first; see the ledger limit} */
    public List<SentEvent> sent() {
        return onLoop(ledger::sentEvents);
    }

    /** {@return the newest events that were written to no connection, oldest first; see the ledger limit} */
    public List<MissedEvent> missed() {
        return onLoop(ledger::missedEvents);
    }

    /** {@return the newest faults that were done, oldest first, at most 10,000} */
    public List<InjectedFault> faults() {
        return onLoop(faults::newest);
    }

    /**
     * Runs a script of faults from now on, beside those that run already; it counts connections and the like from now.
     *
     * @param script what goes wrong
     * @throws IllegalStateException if more than 10,000 steps would be under way
     */
    public void inject(FaultScript script) {
        if (!onLoop(() -> faults.run(script))) {
            throw new IllegalStateException("too many steps of fault scripts are under way: clearFaults() ends them");
        }
    }

    /** Ends every script, and what of its faults still lasts: muted connections speak again. */
    public void clearFaults() {
        onLoop(() -> {
            faults.clear();
            return true;
        });
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
            faults.clear();
            hub.closeAll();
            return true;
        });
        listener.close().awaitUninterruptibly();
        // A short quiet period lets the close frames out.
        group.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
