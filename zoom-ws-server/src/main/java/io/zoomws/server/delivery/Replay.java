package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.LentReader;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs a range of a journal through a new handler of a plugin. No cursor is touched; the live instance goes on beside it. */
public final class Replay {

    /**
     * How a replay ended.
     *
     * @param from sequence of the first entry of the range
     * @param to sequence before which the range ends
     * @param next sequence of the first entry that was not delivered; {@code to} if all were
     * @param handled events whose handling returned
     * @param gaps gaps whose handling returned
     * @param parked entries that failed and are parked under the name of the replay
     */
    public record Result(long from, long to, long next, long handled, long gaps, long parked) {}

    private final Plugin plugin;
    private final HostServices services;
    private final JournalReader reader;
    private final LentReader lent;
    private final StopSignal stop = new StopSignal();
    private final InterruptGate gate = new InterruptGate();
    private final Counts counts = new Counts();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Prepares a replay; {@link #run} runs it.
     *
     * @param plugin whose handler to build
     * @param services what its constructor may ask for; the reader remains the caller's to close
     */
    public Replay(Plugin plugin, HostServices services) {
        this.plugin = plugin;
        this.reader = services.reader();
        this.lent = new LentReader(reader);
        this.services = services.withReader(lent);
    }

    /**
     * Delivers a range; the end is never later than the newest entry at the start.
     *
     * @param from where it begins
     * @param to where it ends, exclusive
     * @param events which events
     * @param progress told how far it has come, on the replay's thread
     * @return how it ended
     * @throws PluginException if the handler cannot be built
     * @throws io.zoomws.spi.JournalException if the journal cannot be read
     */
    public Result run(Position from, Position to, EventChoice events, Progress progress) throws PluginException {
        long first = reader.resolve(from);
        long end = Math.min(reader.resolve(to), reader.resolve(Position.LATEST));
        Callable<Result> delivery = () -> deliver(first, Math.max(first, end), events, progress);
        FutureTask<Result> task = new FutureTask<>(delivery);
        Thread thread = new Thread(task, "replay " + plugin.name());
        thread.setContextClassLoader(plugin.loader());
        thread.setDaemon(true);
        thread.start();
        return result(task);
    }

    /**
     * Ends the replay after the entry it is busy with, which is interrupted if it takes too long. To be called by another
     * thread.
     *
     * @param patience how long to wait before the interrupt
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void stop(Duration patience) throws InterruptedException {
        stop.stop();
        if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            gate.interrupt();
        }
    }

    private Result deliver(long from, long end, EventChoice events, Progress progress) throws Exception {
        String instance = services.context().instance();
        ParkedIndex index = new ParkedIndex(services.parked(), System::nanoTime, ParkedIndex.CAPACITY);
        EventHandler handler = plugin.newHandler(services);
        long[] next = {from};
        Progress tracking = new Progress() {
            @Override
            public void passed(long sequence) {
                next[0] = sequence;
                progress.passed(sequence);
            }

            @Override
            public void idle() {
                progress.idle();
            }
        };
        DeliveryLoop.Task task = new DeliveryLoop.Task(instance, events, true, end);
        Parking parking = new Parking(task, index, tracking, counts, services.clock());
        HandlerStart start = new HandlerStart(instance, plugin, gate);
        try {
            HandlerCall call = start.call(handler, Optional.empty());
            // One that keeps its position under this name goes on where an earlier run of this replay ended.
            next[0] = Math.max(from, start.position(handler, stop, new Random()).orElse(from));
            new DeliveryLoop(task, call, parking, tracking, counts, stop, new Random()).run(reader, next[0]);
        } finally {
            ended.countDown();
            try {
                close(handler);
            } finally {
                lent.close();
            }
        }
        return new Result(from, end, next[0], counts.handled.get(), counts.gaps.get(), counts.parked.get());
    }

    /** Without its cause, which may quote the events that the handler still held. */
    private static void close(EventHandler handler) throws PluginException {
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable e) { // A stranger's close may throw anything.
                throw new PluginException("the plugin failed when it was closed (" + Causes.silent(e) + ")");
            }
        }
    }

    private static Result result(FutureTask<Result> task) throws PluginException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof PluginException refused) {
                        throw refused;
                    }
                    if (e.getCause() instanceof RuntimeException unexpected) {
                        throw unexpected;
                    }
                    throw new IllegalStateException("the replay ended unexpectedly: this is a bug of the server", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
