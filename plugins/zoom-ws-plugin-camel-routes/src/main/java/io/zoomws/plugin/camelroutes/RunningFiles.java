package io.zoomws.plugin.camelroutes;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that run. For one thread. */
final class RunningFiles {

    /** How long a change waits for exchanges under way; what is not done then is delivered again by the new version. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(RunningFiles.class);

    private final Host host;
    private final SortedMap<String, RouteFile> running = new TreeMap<>();

    /** With which cursors a file's routes follow, also while they are stopped. */
    private final Map<String, Set<String>> followed = new HashMap<>();

    RunningFiles(Host host) {
        this.host = host;
    }

    /**
     * Runs a file in place of what ran of it before.
     *
     * @throws Mistake if it cannot be run; what ran before does so again if it can, see {@link #runs}
     */
    void load(String file, Content content) {
        RouteFile next = RouteFile.prepare(file, content, host, elsewhere(file));
        RouteFile before = running.remove(file);
        if (before != null) {
            before.stop(DRAIN);
        }
        host.positions().follow(next.followed());
        try {
            next.start();
        } catch (Mistake e) {
            follow(file, followed.getOrDefault(file, Set.of()), next.followed());
            if (before != null) {
                goBack(file, before.content());
            }
            throw e;
        }
        running.put(file, next);
        follow(file, next.followed(), followed.getOrDefault(file, Set.of()));
        List<String> routes = next.routes().stream().map(RouteName::id).toList();
        log.info("{}: {} runs: {}", host.instance(), file, String.join(", ", routes));
    }

    private void goBack(String file, Content content) {
        try {
            RouteFile again = RouteFile.prepare(file, content, host, elsewhere(file));
            again.start();
            running.put(file, again);
        } catch (Mistake e) {
            log.error("{}: the version before of {} cannot be started again", host.instance(), e.in(file));
        }
    }

    private void follow(String file, Set<String> now, Set<String> before) {
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now);
        host.positions().forget(gone);
        followed.put(file, now);
    }

    /** Stops the routes of a file that is gone. Their cursors stay, since it may come back. */
    void unload(String file) {
        RouteFile gone = running.remove(file);
        Set<String> cursors = followed.getOrDefault(file, Set.of());
        if (gone != null) {
            gone.stop(DRAIN);
            log.info(
                    "{}: {} is gone, its routes are stopped; their cursors remain, and retention may wait for them: {}",
                    host.instance(),
                    file,
                    cursors.stream()
                            .map(cursor -> host.instance() + "." + cursor)
                            .sorted()
                            .toList());
        }
        host.positions().forget(cursors);
        followed.remove(file);
    }

    boolean runs(String file) {
        return running.containsKey(file);
    }

    Collection<RouteFile> all() {
        return Collections.unmodifiableCollection(running.values());
    }

    private Map<String, String> elsewhere(String file) {
        Map<String, String> files = new HashMap<>();
        running.forEach((other, routes) -> {
            if (!other.equals(file)) {
                routes.routes().forEach(route -> files.put(route.id(), other));
            }
        });
        return files;
    }

    /** Stops all at once, since the time is short. */
    void stopAll(Duration drain) throws InterruptedException {
        List<Thread> stops = running.entrySet().stream()
                .map(entry -> new Thread(() -> entry.getValue().stop(drain), "stop " + entry.getKey()))
                .toList();
        for (Thread stop : stops) {
            stop.setDaemon(true);
            stop.start();
        }
        for (Thread stop : stops) {
            stop.join();
        }
        running.clear();
    }
}
