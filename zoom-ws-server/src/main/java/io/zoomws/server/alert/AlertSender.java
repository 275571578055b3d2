package io.zoomws.server.alert;

import io.zoomws.server.StopRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a target, one alert after the other, on a thread of its own. What cannot be told is tried again twice; then the log alone
 * has it. The queue holds {@link #MOST}: when a target is that slow, the oldest gives way, and the log has that, too.
 */
final class AlertSender implements AutoCloseable {

    static final int MOST = 64;

    private static final Logger log = LoggerFactory.getLogger(AlertSender.class);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    private final AlertTarget target;
    private final List<Duration> pauses;
    private final BlockingQueue<Alert> queue = new ArrayBlockingQueue<>(MOST);
    private final StopRequest stop = new StopRequest();
    private final Thread thread = new Thread(this::run, "alerts");

    private AlertSender(AlertTarget target, List<Duration> pauses) {
        this.target = target;
        this.pauses = List.copyOf(pauses);
        thread.setDaemon(true);
    }

    static AlertSender start(AlertTarget target) {
        return start(target, PAUSES);
    }

    static AlertSender start(AlertTarget target, List<Duration> pauses) {
        AlertSender sender = new AlertSender(target, pauses);
        sender.thread.start();
        return sender;
    }

    /** Takes one to be told. One thread. */
    void send(Alert alert) {
        while (!queue.offer(alert)) {
            Alert oldest = queue.poll();
            if (oldest != null) {
                log.error("nobody was told, since too many alerts wait: {}", oldest.line());
            }
        }
    }

    private void run() {
        try {
            while (!stop.isRequested()) {
                Alert alert = queue.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                if (alert != null) {
                    tell(alert);
                }
            }
        } catch (InterruptedException e) {
            if (!stop.isRequested()) {
                log.error("nobody is told of alerts any more: somebody interrupted the thread");
            }
        } catch (RuntimeException | Error e) {
            log.error("nobody is told of alerts any more: this is a bug of the server", e);
        }
    }

    private void tell(Alert alert) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                target.tell(alert);
                log.info("alert told: {}", alert.line());
                return;
            } catch (AlertException e) {
                boolean last = failures == pauses.size();
                log.error(
                        "{} was told of an alert: {}; it was {}",
                        last ? "NOBODY" : "nobody yet",
                        e.getMessage(),
                        alert.line());
                if (last || stop.await(pauses.get(failures))) {
                    return;
                }
            }
        }
    }

    /** Ends the thread; a target that is being told is let go of. What still waits is not told. */
    @Override
    public void close() {
        stop.request();
        thread.interrupt();
        stop.requestAndAwait(thread);
    }
}
