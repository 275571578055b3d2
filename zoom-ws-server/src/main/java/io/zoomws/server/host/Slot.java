package io.zoomws.server.host;

import io.zoomws.journal.LostPositionException;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.Activity;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.OwnProcess;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    private final HostedJournal journal;
    private final Duration patience;
    private final InstantSource clock;
    private final ReentrantLock operation = new ReentrantLock();

    private volatile Settings.PluginInstance plugin; // written under operation; what runs may be of an earlier one
    private volatile Launcher launcher; // likewise

    /** Under operation. Threads of their plugins may run on. */
    private final List<RunningInstance> ended = new ArrayList<>();

    private volatile boolean ending;
    private volatile Holding holding = new Holding(null, null, List.of(), Tally.NONE); // written under operation

    /**
     * Nothing runs here yet.
     *
     * @param patience how long to wait for an instance to end by itself, and again after an interrupt
     */
    Slot(
            Settings.PluginInstance plugin,
            HostedJournal journal,
            Launcher launcher,
            Duration patience,
            InstantSource clock) {
        this.plugin = plugin;
        this.journal = journal;
        this.launcher = launcher;
        this.patience = patience;
        this.clock = clock;
    }

    String name() {
        return plugin.name();
    }

    String subscription() {
        return journal.subscription();
    }

    PluginHost.Place place() {
        return new PluginHost.Place(plugin, journal, launcher);
    }

    /** Says what is started here from now on; what runs goes on as it is. */
    void redefine(Settings.PluginInstance next, Launcher with) {
        operation.lock();
        try {
            plugin = next;
            launcher = with;
        } finally {
            operation.unlock();
        }
    }

    /** What was started here last, whatever has become of it. */
    Optional<RunningInstance> instance() {
        return Optional.ofNullable(holding.occupant()).map(Occupant::instance);
    }

    /** What is to be ended with the server: an abandoned one has shown that it does not end, and is not waited for again. */
    Optional<RunningInstance> running() {
        return Optional.ofNullable(holding.occupant())
                .filter(Occupant::occupies)
                .map(Occupant::instance);
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
            refuseIfEnding();
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

    private void refuseIfEnding() throws PluginException {
        if (ending) {
            throw new PluginException("the server is ending");
        }
    }

    private void occupy() throws PluginException {
        JournalReader reader = null;
        Occupant occupant = null;
        try {
            if (pendingRebuild().isPresent()) {
                refuseBesideAbandoned();
            }
            reader = journal.readers().get();
            occupant = new Occupant(launcher.launch(plugin, journal.access(reader, plugin.required())), reader);
            holding = holding.with(occupant);
        } catch (PluginException | JournalException e) {
            holding = holding.refused(String.valueOf(e.getMessage()));
            log.error(
                    "plugin instance {} DOES NOT RUN: {}; events are received and journaled all the same",
                    name(),
                    e.getMessage());
            throw e;
        } catch (RuntimeException | LinkageError e) {
            // A bug, which must not keep the server or other instances from starting.
            log.error("plugin instance {} DOES NOT RUN: it could not be started", name(), e);
            PluginException refusal = new PluginException("plugin instance " + name() + " could not be started ("
                    + e.getClass().getName() + "): this is a bug of the server, and its log says more");
            holding = holding.refused(String.valueOf(refusal.getMessage()));
            throw refusal;
        } finally {
            if (occupant == null && reader != null) {
                reader.close();
            }
        }
        if (ending) {
            stop(); // the end of the server has not seen it, perhaps
        }
    }

    /** Counts what an instance did to what was done before, and lets go of what has ended. */
    private void leave(@Nullable Occupant before) {
        Tally earlier = holding.earlier();
        List<Occupant> left = new ArrayList<>(holding.abandoned());
        if (before != null) {
            earlier = earlier.plus(before.instance());
            left.add(before);
        }
        List<Occupant> abandoned = new ArrayList<>();
        for (Occupant occupant : left) {
            if (occupant.hasEnded()) {
                earlier = earlier.plus(occupant.instance().activity().cpu());
                occupant.reader().close();
                ended.add(occupant.instance());
            } else {
                // It goes on to cost processor time, and may be in the middle of its reader.
                abandoned.add(occupant);
            }
        }
        ended.removeIf(RunningInstance::letGo);
        holding = new Holding(null, null, List.copyOf(abandoned), earlier);
    }

    /** Ends the instance, if one runs: after the entry it is busy with, then by an interrupt, then by abandoning its thread. */
    void stop() {
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
     * @return whether a rebuild was begun; false if one is under way
     * @throws PluginException if it cannot be rebuilt; then what ran runs on, unless it had to be abandoned
     * @throws JournalException if the cursor or the note of the rebuild cannot be had
     */
    boolean rebuild(long from, boolean forced) throws PluginException {
        operation.lock();
        try {
            refuseIfEnding();
            Occupant before = holding.occupant();
            boolean occupied = before != null && before.occupies();
            if (occupied && pendingRebuild().isPresent()) {
                return false;
            }
            launcher.requireRebuildable(plugin, forced);
            refuseBesideAbandoned();
            stop();
            refuseBesideAbandoned();
            leave(before);
            RebuildNote.of(journal.files(), name()).write(plan(from));
            occupy();
            return true;
        } finally {
            operation.unlock();
        }
    }

    /** Nothing may derive anything while what it derives is thrown away and derived again. */
    private void refuseBesideAbandoned() throws PluginException {
        List<Occupant> left = new ArrayList<>(holding.abandoned());
        if (holding.occupant() != null) {
            left.add(holding.occupant());
        }
        if (left.stream().anyMatch(Occupant::haunts)) {
            throw new PluginException("plugin instance " + name()
                    + " was abandoned since it did not stop, and still runs: it may go on with what it derives, so it is not"
                    + " rebuilt beside that; start the server again");
        }
    }

    /**
     * Up to where it stood, or where an earlier rebuild was to end, what comes has come before. If that one has begun, the
     * handler may know nothing any more, and this one must not be given up either.
     */
    private RebuildNote.Plan plan(long from) {
        long stood;
        try (Cursor cursor = journal.cursors().open(name(), plugin.required())) {
            stood = cursor.position().orElse(journal.durable().getAsLong() + 1);
        } catch (LostPositionException e) {
            stood = journal.durable().getAsLong() + 1;
            journal.cursorSetter().accept(name(), stood);
        }
        Optional<RebuildNote.Plan> earlier = pendingRebuild();
        boolean begun = earlier.map(RebuildNote.Plan::isHalfDone).orElse(false);
        return new RebuildNote.Plan(
                from,
                Math.max(stood, Math.max(from, earlier.map(RebuildNote.Plan::to).orElse(from))),
                begun ? RebuildNote.Phase.RESETTING : RebuildNote.Phase.ASKED,
                Clock.systemUTC().instant());
    }

    /** The last rebuild, whatever has become of it. */
    Optional<RebuildNote.Plan> lastRebuild() {
        return RebuildNote.of(journal.files(), name()).read();
    }

    private Optional<RebuildNote.Plan> pendingRebuild() {
        return RebuildNote.of(journal.files(), name()).pending();
    }

    /**
     * Waits until the instance has ended, for a while.
     *
     * @return whether it has, or was abandoned, or never began
     */
    boolean awaitEnd(Duration atMost) {
        Occupant occupant = holding.occupant();
        try {
            return occupant == null
                    || occupant.isAbandoned()
                    || occupant.instance().awaitEnd(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the handler is built or the instance has ended, for a while. */
    void awaitBuilt(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        RunningInstance instance = instance().orElse(null);
        try {
            while (instance != null
                    && instance.status().state() == InstanceState.STARTING
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
        Occupant occupant = now.occupant();
        if (occupant == null) {
            boolean refused = now.refusal() != null;
            Condition condition = new Condition(refused ? "refused" : "stopped", Optional.ofNullable(now.refusal()));
            return status(now, condition, Activity.UNKNOWN, now.earlier(), OptionalLong.empty());
        }
        InstanceStatus status = occupant.instance().status();
        Activity activity = occupant.instance().activity();
        Condition condition = Condition.of(status.state(), activity, clock.instant(), occupant.instance()::place);
        return status(
                now,
                condition,
                activity,
                now.earlier().plus(occupant.instance()).plus(activity.cpu()),
                OptionalLong.of(status.position()));
    }

    private PluginStatus status(
            Holding now, Condition condition, Activity activity, Tally tally, OptionalLong position) {
        Duration abandonedCpu = now.abandoned().stream()
                .map(occupant -> occupant.instance().activity().cpu())
                .reduce(Duration.ZERO, Duration::plus);
        int abandonedThreads = now.abandoned().stream()
                .mapToInt(occupant -> 1 + occupant.instance().activity().threads())
                .sum();
        OwnProcess process = now.occupant() == null
                ? OwnProcess.NONE
                : now.occupant().instance().process();
        return new PluginStatus(
                name(),
                plugin.plugin(),
                subscription(),
                condition.state(),
                condition.why().or(process::problem),
                tally.handled(),
                tally.gaps(),
                tally.parked(),
                now.occupant() == null ? 0 : now.occupant().instance().status().parkedNow(),
                tally.retries(),
                position,
                position.isPresent()
                        ? OptionalLong.of(Math.max(0, journal.durable().getAsLong() + 1 - position.getAsLong()))
                        : OptionalLong.empty(),
                process.pid(),
                tally.restarts(),
                activity.busySince(),
                activity.threads() + abandonedThreads,
                tally.cpu().plus(abandonedCpu),
                Optional.empty());
    }

    /** Nothing is started here from now on. Returns at once; what is being started is stopped again. */
    void admitNoMore() {
        ending = true;
    }

    /** Closes what instances read from. To be called when they have been stopped. */
    void close() {
        operation.lock();
        try {
            Occupant occupant = holding.occupant();
            if (occupant != null) {
                occupant.reader().close();
            }
            holding.abandoned().forEach(left -> left.reader().close());
        } finally {
            operation.unlock();
        }
    }
}
