package io.zoomws.server.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.zoomws.server.status.PluginNumber;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The status as metrics for Prometheus; {@code docs/metrics.md} lists them. Every value of one scrape is from one status. Labels
 * have few and fixed values: names of the configuration, and names of enums.
 */
final class Metrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Meters meters;
    private final Supplier<List<PluginNumber>> numbers;
    private final InstantSource clock;
    private final Map<Tags, List<Meter>> plugins = new HashMap<>(); // guarded by this

    Metrics(Supplier<ServerStatus> status, Supplier<List<PluginNumber>> numbers, InstantSource clock) {
        this.meters = new Meters(status);
        this.numbers = numbers;
        this.clock = clock;
        ServerStatus first = meters.refresh();
        meters.gauge(
                "zoomws.version",
                "Always 1; the label holds the version",
                Tags.of("version", first.version()),
                now -> 1);
        meters.gauge(
                "zoomws.start.time.seconds", "When the server began", Tags.empty(), now -> Meters.seconds(now.since()));
        registerRetention();
        for (int i = 0; i < first.subscriptions().size(); i++) {
            String name = first.subscriptions().get(i).name();
            new SubscriptionMeters(meters, i, name, clock)
                    .register(first.subscriptions().get(i));
        }
    }

    private void registerRetention() {
        meters.gauge(
                "zoomws.retention.max.age.seconds",
                "Older segments are removed; NaN if age does not matter",
                Tags.empty(),
                now -> Meters.optional(now.retention().maxAge().map(Meters::seconds)));
        meters.gauge(
                "zoomws.retention.max.bytes",
                "The oldest segments beyond that are removed; NaN if size does not matter",
                Tags.empty(),
                now -> now.retention().maxBytes().isPresent()
                        ? now.retention().maxBytes().getAsLong()
                        : Double.NaN);
    }

    /** A reload of the configuration adds and removes plugin instances. */
    private void followPlugins(ServerStatus status) {
        Map<Tags, PluginStatus> now = new LinkedHashMap<>();
        status.plugins().forEach(plugin -> now.put(PluginMeters.tags(plugin), plugin));
        plugins.entrySet().removeIf(known -> {
            boolean gone = !now.containsKey(known.getKey());
            if (gone) {
                known.getValue().forEach(meters::remove);
            }
            return gone;
        });
        now.forEach((tags, plugin) ->
                plugins.computeIfAbsent(tags, added -> new PluginMeters(meters, plugin, clock).register()));
    }

    /** All metrics, in the text format of Prometheus. */
    synchronized byte[] scrape() {
        ServerStatus status = meters.refresh();
        followPlugins(status);
        String text = meters.scrape() + BarrierText.of(status.subscriptions()) + PluginNumberText.of(numbers.get());
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
