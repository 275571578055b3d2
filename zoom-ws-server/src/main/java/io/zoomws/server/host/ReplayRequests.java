package io.zoomws.server.host;

import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.delivery.Speed;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Begins a replay through a new instance of a plugin in the running server, as {@code replay} does in a process of its own: the
 * request says {@code instance}, {@code from}, {@code to} (positions, as text) and {@code force}, and is answered when the replay
 * runs, with {@code replay} (its name), {@code from}, {@code to} (sequences) and {@code text}. How it ends, the log tells. With the
 * server it is interrupted, and {@code replay --resume} goes on with it.
 */
public final class ReplayRequests implements ControlHandler, AutoCloseable {

    /** The name of the request. */
    public static final String REPLAY = "replay.begin";

    /** The field that says where it begins. */
    public static final String FROM = "from";

    /** The field that says before what it ends. */
    public static final String TO = "to";

    /** The field that says that side effects may be repeated. */
    public static final String FORCE = "force";

    private static final String PREFIX = "replay-";

    private final PluginHost host;
    private final Path data;
    private final String subscription;
    private final List<BackgroundReplay> begun = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    /**
     * The handler of one subscription.
     *
     * @param host of the instances
     * @param data the data directory
     * @param subscription theirs
     */
    public ReplayRequests(PluginHost host, Path data, String subscription) {
        this.host = host;
        this.data = data;
        this.subscription = subscription;
    }

    @Override
    public Map<String, ?> answer(ControlRequest request, Client client) throws ControlException {
        Position from = position(request, FROM, Position.EARLIEST);
        Position to = position(request, TO, Position.LATEST);
        try {
            PluginHost.Place place = host.place(request.requiredText(PluginRequests.INSTANCE), subscription);
            refuseOwnProcess(place.plugin());
            Plugin plugin = place.load();
            boolean taken = false;
            try {
                refuseSideEffects(plugin, request.flag(FORCE));
                ReplayRecord record = begin(place, plugin, from, to);
                taken = true;
                return answer(record);
            } finally {
                if (!taken) {
                    plugin.close();
                }
            }
        } catch (PluginException | JournalException e) {
            throw new ControlException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Position position(ControlRequest request, String field, Position standard) throws ControlException {
        try {
            return request.text(field).map(Position::parse).orElse(standard);
        } catch (IllegalArgumentException e) {
            throw new ControlException(field + ": " + e.getMessage(), e);
        }
    }

    /** What stands between an instance and the server is to stand between its replay and the server as well. */
    private static void refuseOwnProcess(Settings.PluginInstance plugin) throws ControlException {
        if (plugin.isolation() == Isolation.PROCESS) {
            throw new ControlException("plugin instance " + plugin.name()
                    + " is not to run in the server: replay it with 'zoom-ws replay --plugin " + plugin.name() + "'");
        }
    }

    private static void refuseSideEffects(Plugin plugin, boolean forced) throws ControlException {
        if (plugin.sideEffects().isPresent() && !forced) {
            throw new ControlException("the plugin " + plugin.name() + " has side effects that a replay would repeat ("
                    + plugin.sideEffects().get() + "): say force if that is what you want");
        }
    }

    private ReplayRecord begin(PluginHost.Place place, Plugin plugin, Position from, Position to)
            throws ControlException {
        JournalReader reader = place.journal().readers().get();
        Replays.Hold hold = null;
        BackgroundReplay replay = null;
        try {
            ReplayRecord record = record(place.plugin(), plugin, reader, from, to);
            hold = Replays.in(data, subscription).take(record.name(), false);
            refuseLeft(hold, record.name());
            hold.begin(record);
            replay = new BackgroundReplay(place, plugin, reader, hold, record);
            start(replay);
            return record;
        } finally {
            if (replay == null) {
                if (hold != null) {
                    hold.close();
                }
                reader.close();
            }
        }
    }

    private synchronized void start(BackgroundReplay replay) throws ControlException {
        begun.removeIf(BackgroundReplay::hasEnded);
        if (closed) {
            replay.forget();
            throw new ControlException("the server is ending");
        }
        begun.add(replay);
        replay.start();
    }

    private static ReplayRecord record(
            Settings.PluginInstance configured, Plugin plugin, JournalReader reader, Position from, Position to)
            throws ControlException {
        long earliest = reader.resolve(Position.EARLIEST);
        long latest = reader.resolve(Position.LATEST);
        long first = reader.resolve(from);
        long end = reader.resolve(to);
        if (first < earliest) {
            throw new ControlException("the journal begins at sequence " + earliest
                    + ": retention has removed what was before; replay what is left from there");
        }
        if (end > latest) {
            throw new ControlException("the newest entry of the journal is " + (latest - 1));
        }
        if (first >= end) {
            throw new ControlException("no entry lies between from and to");
        }
        return new ReplayRecord(
                PREFIX + configured.name(),
                configured.name(),
                plugin.name(),
                first,
                end,
                List.of(configured.events().types().toString().split(",", -1)),
                List.copyOf(configured.events().accounts()),
                Speed.MAX,
                Clock.systemUTC().instant(),
                OptionalLong.empty(),
                ReplayRecord.Done.NOTHING);
    }

    /** What an earlier one left is somebody's to look at, and would hold up the later events of its keys. */
    private static void refuseLeft(Replays.Hold hold, String name) throws ControlException {
        if (hold.record().isPresent()) {
            throw new ControlException(
                    "the replay " + name + " was interrupted: go on with 'zoom-ws replay --resume --as " + name
                            + "', or begin anew with 'zoom-ws replay --restart'");
        }
        if (!hold.parked().sequences().isEmpty()) {
            throw new ControlException("an earlier replay " + name
                    + " has parked entries: look at them with 'zoom-ws parked list " + name
                    + "', and discard them or replay with 'zoom-ws replay --restart'");
        }
    }

    private static Map<String, ?> answer(ReplayRecord record) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("replay", record.name());
        answer.put(FROM, record.from());
        answer.put(TO, record.to());
        answer.put(
                "text",
                "sequence " + record.from() + " to " + (record.to() - 1) + " are replayed through a new instance of "
                        + record.plugin() + " called " + record.name() + "; the log tells how that ends");
        return answer;
    }

    /** Interrupts what runs, in order, and begins nothing more. */
    @Override
    public void close() {
        List<BackgroundReplay> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(begun);
        }
        running.forEach(BackgroundReplay::stop);
    }
}
