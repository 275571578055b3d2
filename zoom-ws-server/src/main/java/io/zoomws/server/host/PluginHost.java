package io.zoomws.server.host;

import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every configured instance on every subscription, and stops and starts single ones without the server. Methods may be
 * called by any thread; none waits for a plugin but {@link #stop}, {@link #restart} and {@link #close}, and those for a bounded
 * time.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

    /** Once for plugins to finish by themselves and once after an interrupt: half of the ten seconds that are promised. */
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private final List<HostedJournal> journals;
    private final Map<Isolation, Launcher> launchers;
    private final Duration patience;
    private final InstantSource clock;
    private final Watchdog watchdog;

    /** Places whose instances are configured no more: threads of theirs may run on, and one of that name may come back. */
    private final List<Slot> former = new ArrayList<>(); // guarded by this

    private boolean closed; // guarded by this
    private volatile List<Slot> slots; // written under this

    /**
     * Prepares a place for each instance; nothing runs yet.
     *
     * @param plugins as configured
     * @param journals that each of them follows
     * @param launchers how they are started, by what is to stand between them and the server
     */
    public PluginHost(
            List<Settings.PluginInstance> plugins, List<HostedJournal> journals, Map<Isolation, Launcher> launchers) {
        this(plugins, journals, launchers, PATIENCE, InstantSource.system());
    }

    PluginHost(
            List<Settings.PluginInstance> plugins,
            List<HostedJournal> journals,
            Map<Isolation, Launcher> launchers,
            Duration patience,
            InstantSource clock) {
        this.journals = List.copyOf(journals);
        this.launchers = Map.copyOf(launchers);
        this.patience = patience;
        this.clock = clock;
        this.slots = places(plugins, List.of());
        this.watchdog = new Watchdog(() -> slots, clock);
    }

    /** A place for each instance on each journal, in this order: the one it has already, or a new one. */
    private List<Slot> places(List<Settings.PluginInstance> plugins, List<Slot> known) {
        List<Slot> places = new ArrayList<>();
        for (Settings.PluginInstance plugin : plugins) {
            Launcher launcher = launcher(plugin.isolation());
            for (HostedJournal journal : journals) {
                Optional<Slot> there = known.stream()
                        .filter(slot -> isOf(slot, plugin.name(), journal.subscription()))
                        .findFirst();
                places.add(there.orElseGet(() -> new Slot(plugin, journal, launcher, patience, clock)));
            }
        }
        return List.copyOf(places);
    }

    private static boolean isOf(Slot slot, String name, String subscription) {
        return slot.name().equals(name) && slot.subscription().equals(subscription);
    }

    private Launcher launcher(Isolation isolation) {
        Launcher launcher = launchers.get(isolation);
        if (launcher == null) {
            throw new IllegalArgumentException("there is no launcher for the isolation " + isolation);
        }
        return launcher;
    }

    /**
     * Refuses an instance that could not be started: its plugin is looked at, and none of its code runs.
     *
     * @param plugin as configured
     * @throws PluginException if its plugin is not there or refused, or its settings are wrong; it names every mistake
     */
    public void check(Settings.PluginInstance plugin) throws PluginException {
        try (Plugin found = launcher(plugin.isolation()).load(plugin)) {
            found.check(plugin.settings());
        }
    }

    /**
     * Takes other instances for the configured ones. One that is no longer among them is ended as {@link #stop} does; one that is
     * new does not run yet; one that runs goes on as it is until {@link #restart}. What one has counted, it keeps.
     *
     * @param plugins all of them
     * @throws PluginException if the server is ending
     */
    public void configure(List<Settings.PluginInstance> plugins) throws PluginException {
        List<Slot> next;
        List<Slot> gone;
        synchronized (this) {
            if (closed) {
                throw new PluginException("the server is ending");
            }
            List<Slot> known = new ArrayList<>(slots);
            known.addAll(former);
            next = places(plugins, known);
            gone = new ArrayList<>(slots);
            gone.removeAll(next);
            former.addAll(gone);
            former.removeAll(next);
            slots = next;
        }
        // Not under the lock: each may wait until what is being started or stopped there is.
        for (Settings.PluginInstance plugin : plugins) {
            next.stream()
                    .filter(slot -> slot.name().equals(plugin.name()))
                    .forEach(slot -> slot.redefine(plugin, launcher(plugin.isolation())));
        }
        gone.forEach(Slot::stop);
    }

    /**
     * Starts all. One that cannot run is no reason not to receive: it is logged, shown as refused, and what is journaled from now
     * on is delivered when it can.
     */
    public void startAll() {
        watchdog.start();
        int refused = 0;
        List<Slot> all = slots;
        for (Slot slot : all) {
            try {
                slot.start();
            } catch (PluginException | JournalException e) { // which the slot has logged, and keeps for the status
                refused++;
            }
        }
        if (refused > 0) {
            log.warn(
                    "{} of {} plugin instances do not run; once mended, 'zoom-ws plugins start NAME' starts one",
                    refused,
                    all.size());
        }
    }

    /**
     * Starts an instance that does not run, with the jars that are in its folder now.
     *
     * @param name of the instance
     * @param subscription on which one
     * @return whether it was started; false if it runs already
     * @throws PluginException if there is none of this name, or it cannot be started
     * @throws JournalException if its cursor cannot be had
     */
    public boolean start(String name, String subscription) throws PluginException {
        return slot(name, subscription).start();
    }

    /**
     * Ends an instance: after the entry it is busy with, then by an interrupt, then by abandoning its thread. One that does not run
     * is left as it is.
     *
     * @param name of the instance
     * @param subscription on which one
     * @throws PluginException if there is none of this name
     */
    public void stop(String name, String subscription) throws PluginException {
        slot(name, subscription).stop();
    }

    /**
     * Ends an instance as {@link #stop} does, and starts it as {@link #start} does.
     *
     * @param name of the instance
     * @param subscription on which one
     * @throws PluginException if there is none of this name, or it cannot be started
     * @throws JournalException if its cursor cannot be had
     */
    public void restart(String name, String subscription) throws PluginException {
        stop(name, subscription);
        start(name, subscription);
    }

    /**
     * Ends an instance as {@link #stop} does, and starts one that forgets what it derived and derives it again from the journal. A
     * rebuild that is under way is left as it is.
     *
     * @param name of the instance
     * @param subscription on which one
     * @param from sequence with which to begin
     * @param forced whether its side effects may be repeated
     * @return whether a rebuild was begun; false if one is under way
     * @throws PluginException if there is none of this name, or it cannot be rebuilt
     * @throws JournalException if its cursor cannot be had
     */
    public boolean rebuild(String name, String subscription, long from, boolean forced) throws PluginException {
        return slot(name, subscription).rebuild(from, forced);
    }

    /**
     * The last rebuild of an instance: how far it is, or what has become of it.
     *
     * @param name of the instance
     * @param subscription on which one
     * @return empty if there never was one
     * @throws PluginException if there is none of this name
     * @throws JournalException if that cannot be read
     */
    public Optional<RebuildNote.Plan> rebuildOf(String name, String subscription) throws PluginException {
        return slot(name, subscription).lastRebuild();
    }

    /**
     * Waits until an instance has ended.
     *
     * @param name of the instance
     * @param subscription on which one
     * @param atMost how long
     * @return whether it has ended, or was abandoned, or could not be started
     * @throws PluginException if there is none of this name
     */
    public boolean awaitEnd(String name, String subscription, Duration atMost) throws PluginException {
        return slot(name, subscription).awaitEnd(atMost);
    }

    /**
     * How the instances are.
     *
     * @return one for each instance and subscription, in the order of the settings
     */
    public List<PluginStatus> status() {
        return slots.stream().map(Slot::status).toList();
    }

    /**
     * How one instance is.
     *
     * @param name of the instance
     * @param subscription on which one
     * @return how it is
     * @throws PluginException if there is none of this name
     */
    public PluginStatus status(String name, String subscription) throws PluginException {
        return slot(name, subscription).status();
    }

    /**
     * Waits for an instance that was started until its handler is built, or it has failed.
     *
     * @param name of the instance
     * @param subscription on which one
     * @param atMost how long; a constructor may take its time
     * @return how it is then
     * @throws PluginException if there is none of this name
     */
    public PluginStatus awaitBuilt(String name, String subscription, Duration atMost) throws PluginException {
        Slot slot = slot(name, subscription);
        slot.awaitBuilt(atMost);
        return slot.status();
    }

    /**
     * What the instances have done that were started last.
     *
     * @return one for each that could be started
     */
    public List<InstanceStatus> instances() {
        return slots.stream()
                .flatMap(slot -> slot.instance().stream())
                .map(RunningInstance::status)
                .toList();
    }

    /**
     * What an instance is made of, for what runs beside it.
     *
     * @param plugin as configured
     * @param journal that it follows
     * @param launcher how it is started
     */
    record Place(Settings.PluginInstance plugin, HostedJournal journal, Launcher launcher) {

        /** Its plugin as it lies in its folder now, to be closed by the caller. */
        Plugin load() throws PluginException {
            return launcher.load(plugin);
        }
    }

    /** Where an instance runs, or is to run. */
    Place place(String name, String subscription) throws PluginException {
        return slot(name, subscription).place();
    }

    /**
     * The subscriptions that every instance follows.
     *
     * @return their names
     */
    public List<String> subscriptions() {
        return journals.stream().map(HostedJournal::subscription).toList();
    }

    /** What looks after them; for tests, which do not wait for its thread. */
    Watchdog watchdog() {
        return watchdog;
    }

    private Slot slot(String name, String subscription) throws PluginException {
        List<Slot> now = slots;
        Optional<Slot> found =
                now.stream().filter(slot -> isOf(slot, name, subscription)).findFirst();
        if (found.isEmpty()) {
            List<String> names = now.stream().map(Slot::name).distinct().toList();
            throw new PluginException("no plugin instance " + name + " is configured for " + subscription + ": there "
                    + (names.isEmpty() ? "is none" : "are " + String.join(", ", names))
                    + "; 'zoom-ws config reload' has the server read its configuration again");
        }
        return found.get();
    }

    /** Ends all instances together, as {@link #stop} ends one, and closes what they read from. A second call does nothing. */
    @Override
    public void close() {
        watchdog.close();
        List<Slot> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(slots);
            all.addAll(former);
        }
        all.forEach(Slot::admitNoMore);
        List<RunningInstance> running =
                all.stream().flatMap(slot -> slot.running().stream()).toList();
        RunningInstance.stopAll(running, patience, patience);
        all.forEach(Slot::close);
    }
}
