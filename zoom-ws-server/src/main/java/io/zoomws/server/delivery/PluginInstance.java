package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.InstanceContext;
import io.zoomws.server.plugins.LentReader;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.PluginContext;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin following one journal, on a thread of its own, from a durable cursor named after the instance.
 *
 * <p>The handler is built, called and closed by that thread. Stopping is asked for first, then enforced by an interrupt; a
 * thread that still does not end is abandoned, since Java offers no way to stop it.
 */
public final class PluginInstance implements RunningInstance {

    /**
     * What to run.
     *
     * @param name of the instance and its cursor
     * @param events which events it is handed
     * @param orderBy JSON Pointer to what events belong to; empty: as the plugin says
     * @param start where to begin while there is no cursor
     * @param onLostPosition what to do when the saved position cannot be used
     * @param settings the plugin's own, which are checked when its handler is built
     */
    public record Definition(
            String name,
            EventChoice events,
            Optional<String> orderBy,
            Position start,
            LostPosition onLostPosition,
            RawSettings settings) {}

    private static final Logger log = LoggerFactory.getLogger(PluginInstance.class);
    private static final Duration AFTER_JOURNAL_FAILURE = Duration.ofSeconds(5);

    private final Definition definition;
    private final Plugin plugin;
    private final SubscriptionAccess access;
    private final FencedCursor cursor;
    private final LentReader lent;
    private final LentCursors lentCursors;
    private final SavedPosition saved;
    private final Optional<Rebuild> rebuild;
    private final StopSignal stop = new StopSignal();
    private final CallRecord calls = new CallRecord(Clock.systemUTC());
    private final InterruptGate gate = new InterruptGate(calls);
    private final Counts counts = new Counts();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final SettledNote settled;
    private final Thread thread;
    private final ThreadView view;
    private final ParkedStore store;
    private volatile InstanceState state = InstanceState.STARTING; // written under this
    private volatile @Nullable ParkedIndex parked; // once its thread has read it
    private volatile long position; // written by the instance's thread once that is started

    private PluginInstance(
            Definition definition,
            Plugin plugin,
            SubscriptionAccess access,
            FencedCursor cursor,
            SavedPosition saved,
            Optional<Rebuild> rebuild,
            long position) {
        this.definition = definition;
        this.plugin = plugin;
        this.access = access;
        this.lent = new LentReader(access.reader());
        this.lentCursors = new LentCursors(access.cursors(), definition.name());
        this.cursor = cursor;
        this.saved = saved;
        this.settled = new SettledNote(access.files(), definition.name(), cursor, counts, System::nanoTime);
        this.rebuild = rebuild;
        this.position = position;
        this.store = new ParkedStore(access.files().parked(definition.name()));
        this.thread = new Thread(this::runToEnd, "plugin " + definition.name());
        thread.setContextClassLoader(plugin.loader());
        // Whatever a plugin keeps busy must not keep the server from ending.
        thread.setDaemon(true);
        this.view = new ThreadView(thread, plugin.loader());
    }

    /**
     * Takes hold of the cursor and fixes the position, so that whatever is journaled from now on will be delivered, also if
     * the plugin is mended only later; then starts the thread.
     *
     * @param definition what to run
     * @param source of the plugin whose handler to build; asked once the position is fixed
     * @param access to the subscription whose journal to follow
     * @return the running instance
     * @throws PluginException if the plugin cannot be used, or the position, and the definition says to stop then
     * @throws JournalException if the cursor is held by another, or cannot be read
     */
    public static PluginInstance start(Definition definition, PluginSource source, SubscriptionAccess access)
            throws PluginException {
        JournalReader reader = access.reader();
        SavedPosition saved = new SavedPosition(definition, reader);
        FencedCursor cursor = new FencedCursor(saved.open(access.cursors(), access.cursorSetter()));
        Plugin plugin = null;
        boolean started = false;
        Optional<Rebuild> rebuild = Optional.empty();
        try {
            rebuild = Rebuild.due(access.files(), definition.name(), cursor);
            long position = begin(rebuild, saved, cursor);
            plugin = source.plugin();
            PluginInstance instance = new PluginInstance(definition, plugin, access, cursor, saved, rebuild, position);
            log.info(
                    "plugin instance {} ({}) begins at sequence {} of {}",
                    definition.name(),
                    plugin.name(),
                    position,
                    reader.subscription());
            instance.thread.start();
            started = true;
            return instance;
        } finally {
            if (!started) {
                rebuild.ifPresent(Rebuild::giveUp);
                cursor.close();
                if (plugin != null) {
                    plugin.close();
                }
            }
        }
    }

    /**
     * Fixes the position of an instance that another process will run, so that whatever is journaled from now on will be
     * delivered; and lets go of the cursor again.
     *
     * @param definition what is to run
     * @param access to the subscription whose journal it is to follow
     * @return where it begins
     * @throws PluginException if the position cannot be used, and the definition says to stop then
     * @throws JournalException if the cursor is held by another, or cannot be read
     */
    public static long fixPosition(Definition definition, SubscriptionAccess access) throws PluginException {
        SavedPosition saved = new SavedPosition(definition, access.reader());
        try (FencedCursor cursor = new FencedCursor(saved.open(access.cursors(), access.cursorSetter()))) {
            return begin(Rebuild.due(access.files(), definition.name(), cursor), saved, cursor);
        }
    }

    /** One that is to be rebuilt from the beginning needs no position that can be used. */
    private static long begin(Optional<Rebuild> rebuild, SavedPosition saved, Cursor cursor) throws PluginException {
        return rebuild.isPresent() && !rebuild.get().isReset() ? rebuild.get().from() : saved.begin(cursor);
    }

    @Override
    public InstanceStatus status() {
        ParkedIndex index = parked;
        return new InstanceStatus(
                state,
                counts.handled.get(),
                counts.gaps.get(),
                counts.parked.get(),
                counts.retries.get(),
                position,
                index == null ? 0 : index.size());
    }

    @Override
    public Activity activity() {
        return calls.activity(view.others().size(), view.cpu());
    }

    @Override
    public Optional<String> place() {
        return thread.isAlive() ? Optional.of(view.place()) : Optional.empty();
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public String plugin() {
        return plugin.name();
    }

    @Override
    public String subscription() {
        return access.reader().subscription();
    }

    @Override
    public void requestStop() {
        stop.stop();
    }

    @Override
    public void interrupt() {
        gate.interrupt();
    }

    @Override
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        // Not by joining, which needs the thread's own monitor: a plugin may hold that for ever.
        return ended.await(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean letGo() {
        return !thread.isAlive() && LeftThreads.closeIfNone(plugin, view);
    }

    @Override
    public void abandon() {
        if (!become(InstanceState.ABANDONED)) {
            return;
        }
        cursor.fence();
        lentCursors.close();
        log.error(
                "plugin instance {} does not stop, not even when interrupted: its thread is abandoned {}; the entry it is busy"
                        + " with will be delivered again",
                definition.name(),
                view.place());
    }

    /** Once abandoned it remains so, whatever its thread does later. */
    private synchronized boolean become(InstanceState next) {
        if (state == InstanceState.ABANDONED) {
            return false;
        }
        state = next;
        return true;
    }

    private void runToEnd() {
        try {
            run();
        } finally {
            ended.countDown();
        }
    }

    private void run() {
        EventHandler handler = null;
        try {
            gate.enter();
            try {
                handler = plugin.newHandler(services());
            } finally {
                gate.leave();
            }
            prepare(handler);
            become(InstanceState.STOPPED);
        } catch (PluginException | JournalException e) {
            failed(String.valueOf(e.getMessage()));
            log.error("{}; instance {} does not run", e.getMessage(), definition.name());
        } catch (RuntimeException | Error e) {
            failed("it ended unexpectedly: this is a bug of the server, and its log says more");
            log.error("plugin instance {} ended unexpectedly: this is a bug of the server", definition.name(), e);
        } finally {
            if (!stop.isStopped()) {
                rebuild.ifPresent(Rebuild::giveUp);
            }
            new HandlerEnd(definition.name(), gate).close(handler, lentCursors, lent);
            cursor.close();
            LeftThreads.closeUnlessThereAre(plugin, view, definition.name());
            view.ends();
            if (state == InstanceState.ABANDONED) {
                log.info("plugin instance {}: the thread that was abandoned has ended", definition.name());
            }
        }
    }

    private void failed(String why) {
        calls.ended(why);
        become(InstanceState.FAILED);
    }

    private HostServices services() {
        PluginContext context = new InstanceContext(
                definition.name(), subscription(), access.files().plugin(definition.name()));
        return new HostServices(
                context,
                lent,
                lentCursors,
                Clock.systemUTC(),
                access.metrics().begin(definition.name(), subscription()),
                store,
                definition.settings());
    }

    /** Asks the handler what is to be known first, has it forget if it is rebuilt, and delivers. */
    private void prepare(EventHandler handler) throws PluginException {
        ParkedIndex index = new ParkedIndex(store, System::nanoTime, ParkedIndex.CAPACITY);
        parked = index;
        HandlerStart start = new HandlerStart(definition.name(), plugin, gate);
        HandlerCall call = start.call(handler, definition.orderBy());
        OptionalLong own;
        if (rebuild.isPresent()) {
            become(InstanceState.REBUILDING);
            own = rebuild.get().begin(handler, start, index, stop, new Random());
            position = cursor.position().orElse(position);
        } else {
            own = start.position(handler, stop, new Random());
        }
        if (handler instanceof OwnPosition && !stop.isStopped()) {
            long behind = settled.begin(own, rebuild.isPresent());
            position = own.isPresent() ? saved.begin(cursor, own.getAsLong(), behind) : position;
        }
        if (rebuild.isPresent()) {
            long end = rebuild.get().end();
            deliver(call, index, InstanceState.REBUILDING, end);
            if (position >= end) {
                rebuild.get().finish();
            }
        }
        deliver(call, index, InstanceState.RUNNING, Long.MAX_VALUE);
        settled.end();
    }

    /**
     * Delivers until told to stop or until an end.
     *
     * @param meanwhile what it is doing
     * @throws PluginException if retention has removed what was to come next, and the definition says to stop
     */
    private void deliver(HandlerCall handler, ParkedIndex index, InstanceState meanwhile, long end)
            throws PluginException {
        Progress checkpoint = settled.following(
                new Checkpoint(cursor, counts, handler.batchSize(), System::nanoTime, saved::logUnsaved));
        Progress progress = new Progress() {
            @Override
            public void passed(long next) {
                position = next;
                calls.settled();
                checkpoint.passed(next);
            }

            @Override
            public void idle() {
                calls.settled();
                checkpoint.idle();
            }

            @Override
            public void blocked(boolean now) {
                become(now ? InstanceState.BLOCKED : meanwhile);
            }
        };
        DeliveryLoop.Task task = new DeliveryLoop.Task(
                definition.name(), definition.events(), meanwhile == InstanceState.REBUILDING, end);
        Parking parking = new Parking(task, false, index, progress, counts, Clock.systemUTC());
        DeliveryLoop loop = new DeliveryLoop(task, handler, parking, progress, counts, stop, new Random());
        while (!stop.isStopped() && position < end) {
            try (Tailer tailer = loop.tail(access.reader(), position)) {
                if (tailer.position() == position) {
                    become(meanwhile);
                    loop.run(tailer, position);
                } else {
                    progress.passed(saved.present(position));
                    progress.idle();
                }
            } catch (JournalException e) {
                if (saved.isOvertaken(position)) {
                    continue; // and then the tailer begins later
                }
                failed(String.valueOf(e.getMessage()));
                log.error(
                        "plugin instance {} cannot read on at sequence {}: {}; again in {} s",
                        definition.name(),
                        position,
                        e.getMessage(),
                        AFTER_JOURNAL_FAILURE.toSeconds());
                stop.pause(AFTER_JOURNAL_FAILURE);
            }
        }
    }
}
