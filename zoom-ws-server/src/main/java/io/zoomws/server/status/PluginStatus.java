package io.zoomws.server.status;

import io.zoomws.server.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one plugin instance is.
 *
 * @param name of the instance
 * @param plugin name of the plugin directory
 * @param subscription whose journal it follows
 * @param state {@code starting}, {@code rebuilding} from the journal before it runs on, {@code running}, {@code retrying} (an entry is to be given again), {@code stuck} (30 seconds in
 *     one call), {@code blocked}, {@code restarting} (no process of its own at the moment), {@code failed}, {@code stopped}, {@code abandoned} if its thread did not
 *     end when it was told to, or {@code refused} if it could not even be started; these until it is started again
 * @param why one line, if it is {@code retrying}, {@code stuck}, {@code failed}, {@code abandoned} or {@code refused}; or why its
 *     process ended last without having been told to
 * @param handled events whose handling returned, since the server began, as the numbers below
 * @param gaps gaps whose handling returned
 * @param parked how often an entry was parked, since it failed or since an earlier one of its key is parked
 * @param parkedNow how many entries are parked at the moment, since whenever
 * @param retries calls beyond the first of an entry
 * @param position sequence of the entry that comes next; empty if refused
 * @param lag how many durable entries are still to come, whether they concern it or not; empty if refused
 * @param pid of its process; empty if it has none of its own
 * @param restarts how often that ended without having been told to and another was started
 * @param busySince since when the plugin's code is in one call; empty if it is in none
 * @param threads how many threads the plugin has started that still run, those of abandoned predecessors included
 * @param cpu processor time of its own threads, since the server began
 * @param lagSince when the oldest of the entries still to come was received; empty if there is none, or that was not looked at
 */
public record PluginStatus(
        String name,
        String plugin,
        String subscription,
        String state,
        Optional<String> why,
        long handled,
        long gaps,
        long parked,
        long parkedNow,
        long retries,
        OptionalLong position,
        OptionalLong lag,
        OptionalLong pid,
        long restarts,
        Optional<Instant> busySince,
        int threads,
        Duration cpu,
        Optional<Instant> lagSince) {

    /**
     * Whether it follows its journal.
     *
     * @return true if its state is {@code running}, {@code retrying} or {@code rebuilding}
     */
    public boolean running() {
        return Set.of("running", "retrying", "rebuilding").contains(state);
    }

    /**
     * Whether it does, or may yet.
     *
     * @return true unless it has ended, was given up, or was never started
     */
    public boolean alive() {
        return running() || Set.of("starting", "stuck", "blocked", "restarting").contains(state);
    }

    /**
     * The same, with what was looked at.
     *
     * @param oldest see {@link #lagSince()}
     * @return a new status
     */
    public PluginStatus withLagSince(Optional<Instant> oldest) {
        return new PluginStatus(
                name,
                plugin,
                subscription,
                state,
                why,
                handled,
                gaps,
                parked,
                parkedNow,
                retries,
                position,
                lag,
                pid,
                restarts,
                busySince,
                threads,
                cpu,
                oldest);
    }

    /**
     * All of it by name but {@link #lagSince()}, as the HTTP server and the control socket tell it. The names are a promise: some may be added, none is
     * renamed or removed.
     *
     * @return texts, numbers and nulls, in this order
     */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("plugin", plugin);
        fields.put("subscription", subscription);
        fields.put("state", state);
        fields.put("why", why.orElse(null));
        fields.put("handled", handled);
        fields.put("gaps", gaps);
        fields.put("parked", parked);
        fields.put("parkedNow", parkedNow);
        fields.put("retries", retries);
        fields.put("position", boxed(position));
        fields.put("lag", boxed(lag));
        fields.put("pid", boxed(pid));
        fields.put("restarts", restarts);
        fields.put("busySince", busySince.map(JsonValues::time).orElse(null));
        fields.put("threads", threads);
        fields.put("cpuSeconds", JsonValues.seconds(cpu));
        return fields;
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
