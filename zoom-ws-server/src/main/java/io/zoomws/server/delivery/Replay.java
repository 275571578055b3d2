package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.LentReader;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a range of a journal through a new handler of a plugin, as an instance of its own with a cursor of its own; the live
 * instance, if there is one, goes on beside it.
 */
public final class Replay {

    /**
     * How a run of a replay ended.
     *
     * @param record what it is, with what it has done in all its runs
     * @param next sequence of the first entry that was not delivered; the end of the range if all were
     */
    public record Result(ReplayRecord record, long next) {
        /**
         * Whether it is done.
         *
         * @return false if it was stopped before its end
         */
        public boolean isComplete() {
            return next >= record.to();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Replay.class);

    private final Plugin plugin;
    private final HostServices services;
    private final JournalReader reader;
    private final Replays.Hold hold;
    private final Optional<String> orderBy;
    private ReplayRecord record;
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
     * @param orderBy JSON Pointer to what events belong to; empty: as the plugin says
     * @param hold of the replay, which is begun; remains the caller's to close
     */
    public Replay(Plugin plugin, HostServices services, Optional<String> orderBy, Replays.Hold hold) {
        this.plugin = plugin;
        this.reader = services.reader();
        this.orderBy = orderBy;
        this.hold = hold;
        this.record = hold.record().orElseThrow(() -> new IllegalStateException("the replay is not begun"));
        this.lent = new LentReader(reader);
        this.services = services.withReader(lent);
    }

    /**
     * Delivers from where the replay stands to the end of its range, or until it is stopped. One that is done is forgotten, one
     * that is not can go on.
     *
     * @param watcher told how far it has come, on the replay's thread
     * @return how it ended
     * @throws PluginException if the handler cannot be built or closed
     * @throws JournalException if the journal cannot be read
     */
    public Result run(ReplayWatcher watcher) throws PluginException {
        Callable<Result> delivery = () -> deliver(watcher);
        FutureTask<Result> task = new FutureTask<>(delivery);
        Thread thread = new Thread(task, "replay " + record.name());
        thread.setContextClassLoader(plugin.loader());
        thread.setDaemon(true);
        thread.start();
        Result result = result(task);
        if (result.isComplete()) {
            hold.finish();
        }
        return result;
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

    private Result deliver(ReplayWatcher watcher) throws PluginException {
        ParkedIndex parked = new ParkedIndex(services.parked(), System::nanoTime, ParkedIndex.CAPACITY);
        EventHandler handler = built();
        Optional<ReplayCheckpoint> checkpoint = Optional.empty();
        try {
            HandlerStart start = new HandlerStart(record.name(), plugin, gate);
            HandlerCall call = start.call(handler, orderBy);
            long from = begin(start.position(handler, stop, new Random()));
            checkpoint = Optional.of(new ReplayCheckpoint(
                    hold, record, counts, call.batchSize(), from, System::nanoTime, this::logUnsaved));
            deliver(call, parked, from, watched(checkpoint.get(), watcher), watcher);
            return new Result(
                    record.with(record.done().plus(counts)), checkpoint.get().next());
        } finally {
            ended.countDown();
            checkpoint.ifPresent(ReplayCheckpoint::saveCounts);
            try {
                close(handler);
            } finally {
                lent.close();
            }
        }
    }

    /**
     * Where to go on. A position that the handler stored itself is as good as the cursor or better, unless it is a leftover of an
     * earlier replay of this name: that is known once it is written down, and nothing is delivered before.
     *
     * @param told that position; empty: none, or it was not told since the replay is to stop
     */
    private long begin(OptionalLong told) {
        long position = hold.position().orElse(record.from());
        if (stop.isStopped()) {
            return position; // nothing will be delivered, and what was not told must not be taken for none
        }
        long own = told.orElse(0);
        if (record.ownBefore().isEmpty()) {
            record = record.withOwnBefore(own);
            hold.save(record);
            return position;
        }
        return own == record.ownBefore().getAsLong() ? position : Math.max(position, Math.min(own, record.to()));
    }

    private void deliver(HandlerCall handler, ParkedIndex parked, long from, Progress progress, ReplayWatcher watcher) {
        DeliveryLoop.Task task = new DeliveryLoop.Task(record.name(), record.choice(), true, record.to());
        Parking parking = new Parking(task, true, parked, progress, counts, services.clock());
        DeliveryLoop loop = new DeliveryLoop(task, handler, parking, progress, counts, stop, new Random());
        try (Tailer tailer = loop.tail(reader, from)) {
            if (tailer.position() > from) {
                throw new JournalException("sequences " + from + " to " + (tailer.position() - 1)
                        + " were removed before they were replayed; to go on with what is left: 'zoom-ws cursors set "
                        + record.name() + " " + tailer.position() + "', then --resume");
            }
            Pace pace = new Pace(record.speed(), System::nanoTime);
            loop.run(record.speed().isMax() ? tailer : new PacedTailer(tailer, pace, stop, watcher::waiting), from);
        }
    }

    private Progress watched(Progress checkpoint, ReplayWatcher watcher) {
        return new Progress() {
            @Override
            public void passed(long sequence) {
                checkpoint.passed(sequence);
                watcher.at(sequence, counts.handled.get(), counts.parked.get());
            }

            @Override
            public void idle() {
                checkpoint.idle();
            }
        };
    }

    private EventHandler built() throws PluginException {
        gate.enter();
        try {
            return plugin.newHandler(services);
        } finally {
            gate.leave();
        }
    }

    /** Without its cause, which may quote the events that the handler still held. */
    private void close(EventHandler handler) throws PluginException {
        if (handler instanceof AutoCloseable closeable) {
            gate.enter();
            try {
                closeable.close();
            } catch (Throwable e) { // A stranger's close may throw anything.
                throw new PluginException("the plugin failed when it was closed (" + Causes.silent(e) + ")");
            } finally {
                gate.leave();
            }
        }
    }

    private void logUnsaved(JournalException e) {
        log.error(
                "where the replay {} is cannot be saved: {}; it goes on, and what is delivered meanwhile would be delivered"
                        + " again after a crash",
                record.name(),
                e.getMessage());
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
