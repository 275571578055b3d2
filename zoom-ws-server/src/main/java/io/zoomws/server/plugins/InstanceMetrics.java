package io.zoomws.server.plugins;

import io.zoomws.server.status.PluginNumber;
import io.zoomws.spi.PluginMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The numbers of one plugin instance, from one start of it to the next. Only what is new takes a lock. */
final class InstanceMetrics implements PluginMetrics {

    private static final int MOST = 50;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    /** Added to the names of counters, so that a gauge of another plugin cannot be taken for one. */
    private static final String TOTAL = "_total";

    private interface Meter {
        double value();
    }

    private record Named(String text, Meter meter) {}

    private final String plugin;
    private final String subscription;
    private final Map<String, Named> meters = new ConcurrentHashMap<>();

    InstanceMetrics(String plugin, String subscription) {
        this.plugin = plugin;
        this.subscription = subscription;
    }

    @Override
    public Counter counter(String name, String text) {
        if (meter(name, text, AddingCounter::new) instanceof AddingCounter counter) {
            return counter;
        }
        throw new IllegalArgumentException("the metric " + name + " is a gauge, not a counter");
    }

    @Override
    public Gauge gauge(String name, String text) {
        if (meter(name, text, SetGauge::new) instanceof SetGauge gauge) {
            return gauge;
        }
        throw new IllegalArgumentException("the metric " + name + " is a counter, not a gauge");
    }

    private Meter meter(String name, String text, Supplier<Meter> made) {
        Named known = meters.get(name);
        return known == null ? make(name, text, made) : known.meter();
    }

    /** One at a time, so that they can be counted. */
    private synchronized Meter make(String name, String text, Supplier<Meter> made) {
        requireGood(name);
        return meters.computeIfAbsent(name, ignored -> named(text, made.get())).meter();
    }

    private void requireGood(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a metric: use lower-case letters, digits and"
                            + " underscores, beginning with a letter, at most 60");
        }
        if (name.endsWith(TOTAL)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a metric: the ending _total is added to counters by the host");
        }
        if (!meters.containsKey(name) && meters.size() == MOST) {
            throw new IllegalArgumentException(
                    "there are " + MOST + " metrics already, " + name + " would be one too many");
        }
    }

    private static Named named(String text, Meter meter) {
        String oneLine = Causes.oneLine(text);
        return new Named(oneLine.length() <= LONGEST_TEXT ? oneLine : oneLine.substring(0, LONGEST_TEXT) + "…", meter);
    }

    /** By name. */
    List<PluginNumber> numbers() {
        List<PluginNumber> numbers = new ArrayList<>();
        new TreeMap<>(meters)
                .forEach((name, named) -> numbers.add(new PluginNumber(
                        plugin,
                        subscription,
                        name,
                        named.meter() instanceof AddingCounter,
                        named.text(),
                        named.meter().value())));
        return numbers;
    }

    private static final class AddingCounter implements Counter, Meter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            if (amount < 0) {
                throw new IllegalArgumentException("a counter only rises: " + amount + " is less than 0");
            }
            sum.add(amount);
        }

        @Override
        public double value() {
            return sum.sum();
        }
    }

    private static final class SetGauge implements Gauge, Meter {
        private volatile double value;

        @Override
        public void set(double now) {
            value = now;
        }

        @Override
        public double value() {
            return value;
        }
    }
}
