package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.PluginMetrics;
import io.zoomws.spi.PluginMetrics.Counter;
import io.zoomws.spi.PluginMetrics.Gauge;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the operator's metrics tell of the routes: the whole, and each of the first {@link #MOST} by its own. */
final class RouteNumbers {

    /** An instance may have 50 metrics: three of each route, and the four of the whole. */
    static final int MOST = 15;

    private static final int LONGEST = 40;

    private record Numbers(Gauge lag, Gauge up, Counter failures) {}

    private final PluginMetrics metrics;
    private final Gauge broken;
    private final Gauge routes;
    private final Gauge lag;
    private final Counter failures;
    private final Map<String, Numbers> byRoute = new HashMap<>(); // guarded by this
    private final Set<String> names = new HashSet<>(); // guarded by this

    RouteNumbers(PluginMetrics metrics) {
        this.metrics = metrics;
        this.broken = metrics.gauge("files_broken", "Route files that do not run as they are.");
        this.routes = metrics.gauge("routes_up", "Routes that run.");
        this.lag = metrics.gauge("lag_events", "Entries of the journal that the slowest route has yet to pass.");
        this.failures = metrics.counter("failures", "Exchanges that failed.");
    }

    void failed(String route) {
        failures.add(1);
        of(route).ifPresent(numbers -> numbers.failures().add(1));
    }

    void whole(int brokenFiles, int routesUp, long mostLag) {
        broken.set(brokenFiles);
        routes.set(routesUp);
        lag.set((double) mostLag);
    }

    void route(String route, boolean up, long behind) {
        of(route).ifPresent(numbers -> {
            numbers.up().set(up ? 1 : 0);
            numbers.lag().set((double) behind);
        });
    }

    private synchronized Optional<Numbers> of(String route) {
        if (!byRoute.containsKey(route) && byRoute.size() < MOST) {
            byRoute.put(route, make(name(route), route));
        }
        return Optional.ofNullable(byRoute.get(route));
    }

    private Numbers make(String name, String route) {
        return new Numbers(
                metrics.gauge(name + "_lag_events", "Entries of the journal that route " + route + " has yet to pass."),
                metrics.gauge(name + "_up", "1 if route " + route + " runs, else 0."),
                metrics.counter(name + "_failures", "Exchanges of route " + route + " that failed."));
    }

    /** Two ids may come to the same name, which then gets a number. */
    private String name(String route) {
        String plain = "route_" + route.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST));
        String name = cut;
        for (int i = 2; !names.add(name); i++) {
            name = cut + "_" + i;
        }
        return name;
    }
}
