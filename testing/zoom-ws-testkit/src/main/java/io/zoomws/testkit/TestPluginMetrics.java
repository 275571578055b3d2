package io.zoomws.testkit;

import io.zoomws.spi.PluginMetrics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Metrics that a test can read. Names are refused as the host refuses them. Methods may be called by any thread; all state is
 * guarded by this.
 */
public final class TestPluginMetrics implements PluginMetrics {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
    private static final int MOST = 50;

    private final SortedMap<String, Long> counters = new TreeMap<>();
    private final SortedMap<String, Double> gauges = new TreeMap<>();

    /** Without a metric. */
    public TestPluginMetrics() {}

    @Override
    public synchronized Counter counter(String name, String text) {
        make(name, counters, 0L, gauges);
        return amount -> add(name, amount);
    }

    @Override
    public synchronized Gauge gauge(String name, String text) {
        make(name, gauges, 0.0, counters);
        return value -> set(name, value);
    }

    /**
     * What a counter counted.
     *
     * @param name as the handler gave it
     * @return the sum
     * @throws IllegalArgumentException if there is no such counter
     */
    public synchronized long counted(String name) {
        return known(name, counters, "counter");
    }

    /**
     * What a gauge tells.
     *
     * @param name as the handler gave it
     * @return the value set last, or 0
     * @throws IllegalArgumentException if there is no such gauge
     */
    public synchronized double gauged(String name) {
        return known(name, gauges, "gauge");
    }

    private synchronized void add(String name, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("a counter only rises: it cannot be changed by " + amount);
        }
        counters.merge(name, amount, Long::sum);
    }

    private synchronized void set(String name, double value) {
        gauges.put(name, value);
    }

    private <N extends Number> void make(String name, Map<String, N> these, N zero, Map<String, ?> others) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a metric: use lower-case letters, digits and"
                            + " underscores, beginning with a letter, 60 at most");
        }
        if (others.containsKey(name)) {
            throw new IllegalArgumentException("'" + name + "' is taken by a metric of another kind");
        }
        if (!these.containsKey(name) && counters.size() + gauges.size() == MOST) {
            throw new IllegalArgumentException("there are " + MOST + " metrics already, and there cannot be more");
        }
        these.putIfAbsent(name, zero);
    }

    private static <N> N known(String name, Map<String, N> values, String kind) {
        N value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + kind + " '" + name + "', only " + values.keySet());
        }
        return value;
    }
}
