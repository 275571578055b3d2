package io.zoomws.server.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoomws.server.status.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters whose values are read from one status, the newest that was asked for. */
final class Meters {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Supplier<ServerStatus> status;
    private ServerStatus newest; // guarded by this

    Meters(Supplier<ServerStatus> status) {
        this.status = status;
        this.newest = status.get();
    }

    /** Asks for the status that counts until the next call. */
    synchronized ServerStatus refresh() {
        newest = status.get();
        return newest;
    }

    private synchronized ServerStatus newest() {
        return newest;
    }

    /** All values, in the text format of Prometheus. */
    String scrape() {
        return registry.scrape();
    }

    void remove(Meter meter) {
        registry.remove(meter);
    }

    Meter gauge(String name, String text, Tags tags, ToDoubleFunction<ServerStatus> value) {
        return Gauge.builder(name, () -> value.applyAsDouble(newest()))
                .description(text)
                .tags(tags)
                .register(registry);
    }

    Meter counter(String name, String text, Tags tags, ToDoubleFunction<ServerStatus> value) {
        return FunctionCounter.builder(name, this, self -> value.applyAsDouble(self.newest()))
                .description(text)
                .tags(tags)
                .register(registry);
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }

    static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND;
    }

    /** How long ago; a clock that was set back makes nothing negative. */
    static double secondsBetween(Instant since, Instant now) {
        return Math.max(0, seconds(Duration.between(since, now)));
    }

    static double number(boolean value) {
        return value ? 1 : 0;
    }

    /** NaN stands for what is not known. */
    static double optional(Optional<Double> value) {
        return value.orElse(Double.NaN);
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
