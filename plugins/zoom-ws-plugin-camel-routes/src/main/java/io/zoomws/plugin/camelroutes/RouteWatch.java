package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the folder, has loaded what changed, and shows how the routes are. For one thread. */
final class RouteWatch {

    private static final Logger log = LoggerFactory.getLogger(RouteWatch.class);

    private final Folder folder;
    private final Host host;
    private final RouteNumbers numbers;
    private final Clock clock;
    private final Reload reload = new Reload();
    private final RunningFiles files;

    /** What was told of each file last: a reason is told once. */
    private final Map<String, String> told = new HashMap<>();

    private boolean looked;

    RouteWatch(Folder folder, Host host, RouteNumbers numbers, Clock clock) {
        this.folder = folder;
        this.host = host;
        this.numbers = numbers;
        this.clock = clock;
        this.files = new RunningFiles(host);
    }

    /** One look. What it throws is told, and the next look begins anew. */
    void look() {
        try {
            Map<String, Content> contents = folder.read();
            reload.look(contents, clock.instant()).forEach(this::apply);
            told.remove("");
            if (looked) { // It takes two to load anything.
                host.positions().known();
            }
            looked = true;
        } catch (NoSuchFileException e) {
            tell("", "there is no folder " + e.getFile() + ": create it, or set another directory");
        } catch (IOException e) {
            tell("", "the folder cannot be read (" + e + "); what runs, runs on");
        }
        show();
    }

    void stop(Duration drain) throws InterruptedException {
        files.stopAll(drain);
    }

    private void apply(Reload.Change change) {
        if (change instanceof Reload.Load load) {
            load(load);
        } else if (change instanceof Reload.Unload unload) {
            files.unload(unload.file());
            reload.unloaded(unload);
            told.remove(unload.file());
        }
    }

    private void load(Reload.Load load) {
        String file = load.file();
        try {
            files.load(file, load.content());
            reload.loaded(load);
            told.remove(file);
        } catch (Mistake e) {
            refused(load, e.in(file));
        } catch (RuntimeException | Error e) { // Of components, which may throw anything.
            refused(load, file + ": cannot be run (" + Thrown.silent(e) + ")");
        }
    }

    private void refused(Reload.Load load, String reason) {
        boolean runs = files.runs(load.file());
        reload.refused(load, runs, clock.instant());
        tell(load.file(), reason + (runs ? "; the version before it runs on" : "; none of its routes runs"));
    }

    private void tell(String file, String reason) {
        if (!reason.equals(told.put(file, reason))) {
            log.error("{}: {}", host.instance(), reason);
        }
    }

    private void show() {
        int up = 0;
        long most = 0;
        try {
            long end = host.reader().resolve(Position.LATEST);
            for (RouteFile file : files.all()) {
                for (RouteName route : file.routes()) {
                    boolean runs = file.isUp(route.id());
                    long behind = route.cursor().isEmpty()
                            ? 0
                            : end - host.positions().of(route.cursor().get()).orElse(end);
                    numbers.route(route.id(), runs, behind);
                    up += runs ? 1 : 0;
                    most = Math.max(most, behind);
                }
            }
            numbers.whole(reload.broken(), up, most);
        } catch (JournalException e) {
            tell("journal", "the journal cannot be read: " + e.getMessage());
        }
    }
}
