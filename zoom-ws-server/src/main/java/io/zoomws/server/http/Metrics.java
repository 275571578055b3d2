package io.zoomws.server.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import io.zoomws.server.gaps.GapCategory;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.server.gaps.GapTotals;
import io.zoomws.server.status.PluginNumber;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The status as metrics for Prometheus; {@code docs/metrics.md} lists them. Every value of one scrape is from one status. Labels
 * have few and fixed values: names of the configuration, and names of enums.
 */
final class Metrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Supplier<ServerStatus> status;
    private final Supplier<List<PluginNumber>> numbers;
    private final InstantSource clock;
    private final Map<Tags, List<Meter>> plugins = new HashMap<>(); // guarded by this
    private ServerStatus newest; // guarded by this

    Metrics(Supplier<ServerStatus> status, Supplier<List<PluginNumber>> numbers, InstantSource clock) {
        this.status = status;
        this.numbers = numbers;
        this.clock = clock;
        this.newest = status.get();
        ServerStatus first = newest;
        gauge("zoomws.version", "Always 1; the label holds the version", Tags.of("version", first.version()), now -> 1);
        gauge("zoomws.start.time.seconds", "When the server began", Tags.empty(), now -> seconds(now.since()));
        for (int i = 0; i < first.subscriptions().size(); i++) {
            int index = i;
            SubscriptionStatus subscription = first.subscriptions().get(i);
            new OfSubscription(Tags.of("subscription", subscription.name()), now -> now.subscriptions()
                            .get(index))
                    .register(subscription);
        }
    }

    /** A reload of the configuration adds and removes plugin instances. */
    private void followPlugins() {
        Map<Tags, PluginStatus> now = new LinkedHashMap<>();
        newest.plugins()
                .forEach(plugin ->
                        now.put(Tags.of("plugin", plugin.name(), "subscription", plugin.subscription()), plugin));
        plugins.entrySet().removeIf(known -> {
            boolean gone = !now.containsKey(known.getKey());
            if (gone) {
                known.getValue().forEach(registry::remove);
            }
            return gone;
        });
        now.forEach((tags, plugin) ->
                plugins.computeIfAbsent(tags, added -> new OfPlugin(added, status -> status.plugins().stream()
                                .filter(other -> other.name().equals(plugin.name())
                                        && other.subscription().equals(plugin.subscription()))
                                .findFirst()
                                .orElse(plugin))
                        .register()));
    }

    /** All metrics, in the text format of Prometheus. */
    synchronized byte[] scrape() {
        newest = status.get();
        followPlugins();
        return (registry.scrape() + PluginNumberText.of(numbers.get())).getBytes(StandardCharsets.UTF_8);
    }

    /** Called within a scrape only, on its thread. */
    private synchronized ServerStatus newest() {
        return newest;
    }

    private Meter gauge(String name, String text, Tags tags, ToDoubleFunction<ServerStatus> value) {
        return Gauge.builder(name, () -> value.applyAsDouble(newest()))
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private Meter counter(String name, String text, Tags tags, ToDoubleFunction<ServerStatus> value) {
        return FunctionCounter.builder(name, this, self -> value.applyAsDouble(self.newest()))
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND;
    }

    private static double number(boolean value) {
        return value ? 1 : 0;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The metrics of one subscription. */
    private final class OfSubscription {

        private final Tags tags;
        private final Function<ServerStatus, SubscriptionStatus> self;

        private OfSubscription(Tags tags, Function<ServerStatus, SubscriptionStatus> self) {
            this.tags = tags;
            this.self = self;
        }

        private void register(SubscriptionStatus first) {
            registerConnection();
            registerFrames();
            registerOddFrames();
            registerGaps();
            registerJournal(first.journal().durability());
        }

        private void registerConnection() {
            gauge(
                    "zoomws.connection.ready",
                    "1 if Zoom has confirmed the connection",
                    tags,
                    now -> number(self.apply(now).connection().state() == ConnectionState.READY));
            for (ConnectionState state : ConnectionState.values()) {
                gauge(
                        "zoomws.connection.state",
                        "1 for the state the connection is in",
                        tags.and("state", label(state)),
                        now -> number(self.apply(now).connection().state() == state));
            }
            for (ReconnectCause cause : ReconnectCause.values()) {
                counter(
                        "zoomws.reconnects",
                        "New tries to connect, by what led to them",
                        tags.and("cause", label(cause)),
                        now -> self.apply(now).connection().reconnects().getOrDefault(cause, 0L));
            }
            gauge(
                    "zoomws.heartbeat.round.trip.seconds",
                    "How long the last answered heartbeat took",
                    tags,
                    now -> optional(
                            self.apply(now).connection().heartbeatRoundTrip().map(Metrics::seconds)));
            gauge(
                    "zoomws.last.frame.timestamp.seconds",
                    "When the last frame came",
                    tags,
                    now -> optional(self.apply(now).connection().lastFrameAt().map(Metrics::seconds)));
        }

        private void registerFrames() {
            String text = "Frames received, heartbeat answers included";
            counter("zoomws.frames", text, tags.and("type", "text"), now -> self.apply(now)
                    .frames()
                    .text());
            counter("zoomws.frames", text, tags.and("type", "binary"), now -> self.apply(now)
                    .frames()
                    .binary());
            counter("zoomws.frames", text, tags.and("type", "too_long"), now -> self.apply(now)
                    .frames()
                    .tooLong());
            counter("zoomws.frame.bytes", "Bytes of the frames received", tags, now -> self.apply(now)
                    .frames()
                    .bytes());
        }

        private void registerOddFrames() {
            String text = "Frames that are neither events nor answers to us";
            counter("zoomws.frames.odd", text, tags.and("kind", "unreadable"), now -> self.apply(now)
                    .oddFrames()
                    .unreadable());
            counter("zoomws.frames.odd", text, tags.and("kind", "unknown_module"), now -> self.apply(now)
                    .oddFrames()
                    .unknownModule());
            counter("zoomws.frames.odd", text, tags.and("kind", "without_event"), now -> self.apply(now)
                    .oddFrames()
                    .withoutEvent());
        }

        private void registerGaps() {
            GapTotals.Sum none = new GapTotals.Sum(0, Duration.ZERO);
            for (GapCategory category : GapCategory.values()) {
                counter(
                        "zoomws.gaps",
                        "Gaps in the journal, by kind of cause",
                        tags.and("cause", category.label()),
                        now -> self.apply(now)
                                .gaps()
                                .totals()
                                .byCategory()
                                .getOrDefault(category, none)
                                .count());
            }
            counter(
                    "zoomws.gap.seconds",
                    "Time covered by gaps in the journal; overlaps count once",
                    tags,
                    now -> seconds(self.apply(now).gaps().totals().all().covered()));
            gauge(
                    "zoomws.gap.open",
                    "1 while no connection is proven live",
                    tags,
                    now -> number(self.apply(now).gaps().open().isPresent()));
            gauge(
                    "zoomws.gap.open.seconds",
                    "How long the open gap is by now, 0 if there is none",
                    tags,
                    now -> self.apply(now)
                            .gaps()
                            .open()
                            .map(open -> seconds(GapJson.lengthOf(open.from(), clock.instant())))
                            .orElse(0.0));
            gauge("zoomws.gaps.counted.sequence", "Newest entry looked at for gaps", tags, now -> self.apply(now)
                    .gaps()
                    .countedTo());
        }

        private void registerJournal(String durability) {
            gauge(
                    "zoomws.journal.running",
                    "1 if the journal stores entries",
                    tags,
                    now -> number(label(self.apply(now).journal().state()).equals("running")));
            gauge(
                    "zoomws.journal.durability",
                    "Always 1; the label holds the mode",
                    tags.and("mode", durability),
                    now -> 1);
            gauge("zoomws.journal.appended.sequence", "Newest entry taken in", tags, now -> self.apply(now)
                    .journal()
                    .appendedSequence());
            gauge(
                    "zoomws.journal.durable.sequence",
                    "Newest entry that a barrier has brought to the disk",
                    tags,
                    now -> self.apply(now).journal().durableSequence());
            gauge("zoomws.journal.visible.sequence", "Newest entry that readers see", tags, now -> self.apply(now)
                    .journal()
                    .visibleSequence());
            counter("zoomws.journal.pauses", "How often reading from Zoom paused for the disk", tags, now -> self.apply(
                            now)
                    .journal()
                    .pauses());
            counter(
                    "zoomws.journal.paused.seconds",
                    "For how long",
                    tags,
                    now -> seconds(self.apply(now).journal().pausedTime()));
            gauge("zoomws.journal.pending.bytes", "Waiting for the disk", tags, now -> self.apply(now)
                    .journal()
                    .pendingBytes());
        }

        private static double optional(Optional<Double> value) {
            return value.orElse(Double.NaN);
        }
    }

    /** The metrics of one plugin instance. */
    private final class OfPlugin {

        private final Tags tags;
        private final Function<ServerStatus, PluginStatus> self;

        private OfPlugin(Tags tags, Function<ServerStatus, PluginStatus> self) {
            this.tags = tags;
            this.self = self;
        }

        private List<Meter> register() {
            return List.of(
                    gauge(
                            "zoomws.plugin.running",
                            "1 if the plugin instance follows the journal",
                            tags,
                            now -> number(self.apply(now).running())),
                    counter("zoomws.plugin.handled", "Events whose handling returned", tags, now -> self.apply(now)
                            .handled()),
                    counter("zoomws.plugin.gaps.handled", "Gaps whose handling returned", tags, now -> self.apply(now)
                            .gaps()),
                    counter(
                            "zoomws.plugin.restarts",
                            "Processes of the plugin instance that ended unasked and were followed by another",
                            tags,
                            now -> self.apply(now).restarts()),
                    counter("zoomws.plugin.retries", "Calls beyond the first of an entry", tags, now -> self.apply(now)
                            .retries()),
                    counter("zoomws.plugin.parked", "How often an entry was parked", tags, now -> self.apply(now)
                            .parked()),
                    gauge("zoomws.plugin.parked.entries", "Entries that are parked", tags, now -> self.apply(now)
                            .parkedNow()),
                    gauge(
                            "zoomws.plugin.lag.events",
                            "Durable entries that the plugin instance has still before it",
                            tags,
                            now -> optional(self.apply(now).lag())),
                    gauge(
                            "zoomws.plugin.busy.seconds",
                            "How long the plugin's code has been in one call, 0 if it is in none",
                            tags,
                            now -> self.apply(now)
                                    .busySince()
                                    .map(since -> Math.max(0, seconds(Duration.between(since, clock.instant()))))
                                    .orElse(0.0)),
                    gauge(
                            "zoomws.plugin.threads",
                            "Threads that the plugin has started and that still run",
                            tags,
                            now -> self.apply(now).threads()),
                    counter(
                            "zoomws.plugin.cpu.seconds",
                            "Processor time of the plugin instance's own threads",
                            tags,
                            now -> seconds(self.apply(now).cpu())));
        }

        private static double optional(OptionalLong value) {
            return value.isPresent() ? value.getAsLong() : Double.NaN;
        }
    }
}
