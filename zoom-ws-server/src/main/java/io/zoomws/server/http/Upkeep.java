package io.zoomws.server.http;

import io.zoomws.server.StopRequest;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what nobody asks for, now and then, on a thread of its own. */
final class Upkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final List<Runnable> tasks;
    private final StopRequest stop = new StopRequest();
    private final Thread thread = new Thread(this::run, "http-upkeep");

    Upkeep(List<Runnable> tasks) {
        this.tasks = List.copyOf(tasks);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stop.await(PERIOD)) {
                tasks.forEach(Upkeep::run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // which nobody does
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("the upkeep of the HTTP server failed this time: this is a bug of the server", e);
        }
    }

    @Override
    public void close() {
        stop.requestAndAwait(thread);
    }
}
