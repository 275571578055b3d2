package io.zoomws.server.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The metrics of one plugin instance on one subscription. */
final class PluginMeters {

    private final Meters meters;
    private final PluginStatus first;
    private final Tags tags;
    private final InstantSource clock;

    PluginMeters(Meters meters, PluginStatus first, InstantSource clock) {
        this.meters = meters;
        this.first = first;
        this.tags = tags(first);
        this.clock = clock;
    }

    /** What tells it from the others. */
    static Tags tags(PluginStatus plugin) {
        return Tags.of("plugin", plugin.name(), "subscription", plugin.subscription());
    }

    /** The names of the instance may be gone from the newest status until its meters are removed. */
    private PluginStatus self(ServerStatus status) {
        return status.plugins().stream()
                .filter(other -> other.name().equals(first.name())
                        && other.subscription().equals(first.subscription()))
                .findFirst()
                .orElse(first);
    }

    private Meter gauge(String name, String text, Tags labels, ToDoubleFunction<PluginStatus> value) {
        return meters.gauge(name, text, labels, now -> value.applyAsDouble(self(now)));
    }

    private Meter counter(String name, String text, Tags labels, ToDoubleFunction<PluginStatus> value) {
        return meters.counter(name, text, labels, now -> value.applyAsDouble(self(now)));
    }

    private static double lag(PluginStatus plugin) {
        return plugin.lag().isPresent() ? plugin.lag().getAsLong() : Double.NaN;
    }

    private double lagSeconds(PluginStatus plugin) {
        if (plugin.lag().orElse(-1) == 0) {
            return 0;
        }
        return plugin.lagSince()
                .map(since -> Meters.secondsBetween(since, clock.instant()))
                .orElse(Double.NaN);
    }

    List<Meter> register() {
        return List.of(
                gauge(
                        "zoomws.plugin.running",
                        "1 if the plugin instance follows the journal",
                        tags,
                        now -> Meters.number(now.running())),
                counter("zoomws.plugin.handled", "Events whose handling returned", tags, now -> now.handled()),
                counter("zoomws.plugin.gaps.handled", "Gaps whose handling returned", tags, now -> now.gaps()),
                counter(
                        "zoomws.plugin.restarts",
                        "Processes of the plugin instance that ended unasked and were followed by another",
                        tags,
                        now -> now.restarts()),
                counter("zoomws.plugin.retries", "Calls beyond the first of an entry", tags, now -> now.retries()),
                counter("zoomws.plugin.parked", "How often an entry was parked", tags, now -> now.parked()),
                gauge("zoomws.plugin.parked.entries", "Entries that are parked", tags, now -> now.parkedNow()),
                gauge(
                        "zoomws.plugin.lag.events",
                        "Durable entries that the plugin instance has still before it",
                        tags,
                        now -> lag(now)),
                gauge(
                        "zoomws.plugin.lag.seconds",
                        "How long ago the oldest entry that it has still before it was received, 0 if there is none",
                        tags,
                        this::lagSeconds),
                gauge(
                        "zoomws.plugin.busy.seconds",
                        "How long the plugin's code has been in one call, 0 if it is in none",
                        tags,
                        now -> now.busySince()
                                .map(since -> Meters.secondsBetween(since, clock.instant()))
                                .orElse(0.0)),
                gauge(
                        "zoomws.plugin.threads",
                        "Threads that the plugin has started and that still run",
                        tags,
                        now -> now.threads()),
                counter(
                        "zoomws.plugin.cpu.seconds",
                        "Processor time of the plugin instance's own threads",
                        tags,
                        now -> Meters.seconds(now.cpu())));
    }
}
