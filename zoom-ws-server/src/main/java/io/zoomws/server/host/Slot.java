package io.zoomws.server.host;

import io.zoomws.journal.LostPositionException;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.OwnProcess;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one configured instance on one subscription: what runs there, or why nothing does. One operation at a time, by
 * whichever thread; how it is can be asked for meanwhile.
 */
final class Slot {

    private static final Logger log = LoggerFactory.getLogger(Slot.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** What was started here last, and the reader that is to be closed after it has ended. */
    private record Occupant(RunningInstance instance, JournalReader reader) {

        /** Whether nothing of it runs any more. */
        boolean hasEnded() {
            try {
                return instance.awaitEnd(Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        boolean isAbandoned() {
            return instance.status().state() == PluginInstance.State.ABANDONED;
        }

        boolean occupies() {
            return !isAbandoned() && !hasEnded();
        }
    }

    /** How it is here: one value, so that whoever asks sees no half of a change. */
    private record Holding(
            @Nullable Occupant occupant, @Nullable String refusal, Tally earlier) {}

    private final Settings.PluginInstance plugin;
    private final HostedJournal journal;
    private final Launcher launcher;
    private final ReentrantLock operation = new ReentrantLock();
    private final List<Occupant> abandoned = new ArrayList<>(); // guarded by operation
    private volatile Holding holding = new Holding(null, null, Tally.NONE); // written under operation

    Slot(Settings.PluginInstance plugin, HostedJournal journal, Launcher launcher) {
        this.plugin = plugin;
        this.journal = journal;
        this.launcher = launcher;
    }

    String name() {
        return plugin.name();
    }

    String subscription() {
        return journal.subscription();
    }

    /** What was started here last, whatever has become of it. */
    Optional<RunningInstance> instance() {
        return Optional.ofNullable(holding.occupant()).map(Occupant::instance);
    }

    /**
     * Starts an instance with the jars that are there now, unless one runs.
     *
     * @return whether one was started; false if one runs already
     * @throws PluginException if it cannot be started; this is logged, and told by the status from now on
     * @throws JournalException likewise
     */
    boolean start() throws PluginException {
        operation.lock();
        try {
            Occupant before = holding.occupant();
            if (before != null && before.occupies()) {
                return false;
            }
            leave(before);
            occupy();
            return true;
        } finally {
            operation.unlock();
        }
    }

    private void occupy() throws PluginException {
        JournalReader reader = null;
        Occupant occupant = null;
        try {
            reader = journal.readers().get();
            occupant = new Occupant(launcher.launch(plugin, journal.access(reader, plugin.required())), reader);
            holding = new Holding(occupant, null, holding.earlier());
        } catch (PluginException | JournalException e) {
            holding = new Holding(null, String.valueOf(e.getMessage()), holding.earlier());
            log.error(
                    "plugin instance {} DOES NOT RUN: {}; events are received and journaled all the same",
                    name(),
                    e.getMessage());
            throw e;
        } finally {
            if (occupant == null && reader != null) {
                reader.close();
            }
        }
    }

    /** Counts what an instance did to what was done before, and lets go of what it held. */
    private void leave(@Nullable Occupant before) {
        if (before != null) {
            holding = new Holding(null, null, holding.earlier().plus(before.instance()));
            release(before);
        }
        abandoned.removeIf(occupant -> {
            boolean ended = occupant.hasEnded();
            if (ended) {
                occupant.reader().close();
            }
            return ended;
        });
    }

    /** The reader of one that was abandoned is closed with the server: its thread may be in the middle of it. */
    private void release(Occupant occupant) {
        if (occupant.hasEnded()) {
            occupant.reader().close();
        } else {
            abandoned.add(occupant);
        }
    }

    /**
     * Ends the instance, if one runs: after the entry it is busy with, then by an interrupt, then by abandoning its thread.
     *
     * @param patience how long to wait each time
     */
    void stop(Duration patience) {
        operation.lock();
        try {
            Occupant occupant = holding.occupant();
            if (occupant != null && occupant.occupies()) {
                log.info("plugin instance {} of {} is told to stop", name(), subscription());
                RunningInstance.stopAll(List.of(occupant.instance()), patience, patience);
            }
        } finally {
            operation.unlock();
        }
    }

    /**
     * Ends the instance, if one runs, and starts one that is rebuilt first.
     *
     * @param from sequence with which to begin
     * @param forced whether side effects may be repeated
     * @param patience as for {@link #stop}
     * @return whether a rebuild was begun; false if one is under way
     * @throws PluginException if it cannot be rebuilt; then what ran runs on, unless it had to be abandoned
     * @throws JournalException if the cursor or the note of the rebuild cannot be had
     */
    boolean rebuild(long from, boolean forced, Duration patience) throws PluginException {
        operation.lock();
        try {
            Occupant before = holding.occupant();
            boolean occupied = before != null && before.occupies();
            if (occupied && rebuildPlan().isPresent()) {
                return false;
            }
            launcher.requireRebuildable(plugin, forced);
            stop(patience);
            if (before != null && occupied && before.isAbandoned()) {
                throw new PluginException(
                        "plugin instance " + name() + " did not stop, not even when interrupted: its thread is"
                                + " abandoned and may go on with what it derives, so it is not rebuilt; start the server again");
            }
            leave(before);
            RebuildNote.of(journal.files(), name()).write(plan(from));
            occupy();
            return true;
        } finally {
            operation.unlock();
        }
    }

    /** Up to where it stood, or where an earlier rebuild was to end, what comes has come before. */
    private RebuildNote.Plan plan(long from) {
        long stood;
        try (Cursor cursor = journal.cursors().open(name(), plugin.required())) {
            stood = cursor.position().orElse(journal.durable().getAsLong() + 1);
        } catch (LostPositionException e) {
            stood = journal.durable().getAsLong() + 1;
            journal.cursorSetter().accept(name(), stood);
        }
        long earlier = rebuildPlan().map(RebuildNote.Plan::to).orElse(from);
        return new RebuildNote.Plan(
                from,
                Math.max(stood, Math.max(from, earlier)),
                false,
                Clock.systemUTC().instant());
    }

    /** The rebuild that is under way or due. */
    Optional<RebuildNote.Plan> rebuildPlan() {
        return RebuildNote.of(journal.files(), name()).read();
    }

    /** Waits until the instance has ended, for a while. */
    void awaitEnd(Duration atMost) {
        RunningInstance instance = instance().orElse(null);
        try {
            if (instance != null) {
                instance.awaitEnd(atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the handler is built or the instance has ended, for a while. */
    void awaitBuilt(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        RunningInstance instance = instance().orElse(null);
        try {
            while (instance != null
                    && instance.status().state() == PluginInstance.State.STARTING
                    && System.nanoTime() < deadline
                    && !instance.awaitEnd(BETWEEN_LOOKS)) {
                // The wait is in the condition.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    PluginStatus status() {
        Holding now = holding;
        Optional<RunningInstance> running = Optional.ofNullable(now.occupant()).map(Occupant::instance);
        Optional<PluginInstance.Status> instance = running.map(RunningInstance::status);
        OwnProcess process = running.map(RunningInstance::process).orElse(OwnProcess.NONE);
        Tally tally = running.map(now.earlier()::plus).orElse(now.earlier());
        OptionalLong position =
                instance.map(status -> OptionalLong.of(status.position())).orElse(OptionalLong.empty());
        return new PluginStatus(
                name(),
                plugin.plugin(),
                subscription(),
                instance.map(status -> status.state().name().toLowerCase(Locale.ROOT))
                        .orElse(now.refusal() == null ? "stopped" : "refused"),
                Optional.ofNullable(now.refusal()).or(process::problem),
                tally.handled(),
                tally.gaps(),
                tally.parked(),
                instance.map(PluginInstance.Status::parkedNow).orElse(0L),
                tally.retries(),
                position,
                position.isPresent()
                        ? OptionalLong.of(Math.max(0, journal.durable().getAsLong() + 1 - position.getAsLong()))
                        : OptionalLong.empty(),
                process.pid(),
                tally.restarts());
    }

    /** Closes what instances read from. To be called when they have been stopped. */
    void close() {
        operation.lock();
        try {
            Occupant occupant = holding.occupant();
            if (occupant != null) {
                occupant.reader().close();
            }
            abandoned.forEach(left -> left.reader().close());
            abandoned.clear();
        } finally {
            operation.unlock();
        }
    }
}
