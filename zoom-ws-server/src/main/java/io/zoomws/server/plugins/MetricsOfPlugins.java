package io.zoomws.server.plugins;

import io.zoomws.server.status.PluginNumber;
import io.zoomws.spi.PluginMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers that plugin instances tell, all of a server. Methods may be called by any thread.
 *
 * <p>What an instance told stays until it is started again, also while it is stopped: its last numbers may be why it was. Then
 * it begins anew: counters at 0, as after a restart of the server, which Prometheus reads as a reset.
 */
public final class MetricsOfPlugins {

    private final Map<List<String>, InstanceMetrics> byInstance =
            new TreeMap<>(MetricsOfPlugins::compare); // guarded by this

    /** None yet. */
    public MetricsOfPlugins() {}

    /**
     * Those of an instance that begins; what it told when it ran before is forgotten.
     *
     * @param instance its name
     * @param subscription whose journal it follows
     * @return to be handed to the plugin
     */
    public synchronized PluginMetrics begin(String instance, String subscription) {
        InstanceMetrics metrics = new InstanceMetrics(instance, subscription);
        byInstance.put(List.of(instance, subscription), metrics);
        return metrics;
    }

    /**
     * What is told now.
     *
     * @return by instance, subscription and name
     */
    public List<PluginNumber> numbers() {
        List<InstanceMetrics> all;
        synchronized (this) {
            all = List.copyOf(byInstance.values());
        }
        List<PluginNumber> numbers = new ArrayList<>();
        all.forEach(metrics -> numbers.addAll(metrics.numbers()));
        return numbers;
    }

    private static int compare(List<String> left, List<String> right) {
        int byName = left.get(0).compareTo(right.get(0));
        return byName != 0 ? byName : left.get(1).compareTo(right.get(1));
    }
}
