package io.zoomws.feed;

import io.zoomws.journal.Retention;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.journal.RetentionReport;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what the settings do not keep of the journals, at the start and once a minute, on a thread of its own: neither a
 * connection nor a journal's writer ever waits for it. Whatever goes wrong is told, and tried again.
 */
public final class RetentionLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionLoop.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Path data;
    private final List<String> subscriptions;
    private final RetentionPolicy policy;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "retention");

    /** What was told last of each journal, so that it is told once. Confined to the thread. */
    private final Map<String, String> told = new HashMap<>();

    private RetentionLoop(Path data, List<String> subscriptions, RetentionPolicy policy) {
        this.data = data;
        this.subscriptions = List.copyOf(subscriptions);
        this.policy = policy;
        thread.setDaemon(true);
    }

    /**
     * Begins, unless everything is kept.
     *
     * @param data the data directory
     * @param subscriptions whose journals are looked after
     * @param policy how much is kept
     * @return the loop, to be closed by the caller
     */
    public static RetentionLoop start(Path data, List<String> subscriptions, RetentionPolicy policy) {
        RetentionLoop loop = new RetentionLoop(data, subscriptions, policy);
        if (policy.isLimited()) {
            loop.thread.start();
        }
        return loop;
    }

    private void run() {
        try {
            do {
                for (String subscription : subscriptions) {
                    remove(subscription);
                }
            } while (!stop.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.error("nothing is removed from the journals any more: somebody interrupted the thread");
        }
    }

    private void remove(String subscription) {
        try {
            tell(new Retention(data, subscription, Clock.systemUTC()).apply(policy, false));
        } catch (JournalException e) {
            if (isNews(subscription, String.valueOf(e.getMessage()))) {
                log.error("{}: {}; tried again every {} s", subscription, e.getMessage(), BETWEEN.toSeconds());
            }
        } catch (RuntimeException | Error e) {
            if (isNews(subscription, e.toString())) {
                log.error("{}: retention failed: this is a bug of the server", subscription, e);
            }
        }
    }

    private void tell(RetentionReport report) {
        if (!report.segments().isEmpty()) {
            log.info(
                    "{}: retention removed sequences {} to {}: {} segments, {} bytes",
                    report.subscription(),
                    report.segments().get(0).first(),
                    report.oldestLeft().orElse(0) - 1,
                    report.segments().size(),
                    report.bytes());
        }
        for (RetentionReport.Loss loss : report.losses()) {
            log.warn(
                    "{}: retention removed sequences {} to {}, which the consumer of the cursor {} has NOT handled",
                    report.subscription(),
                    loss.first(),
                    loss.last(),
                    loss.cursor());
        }
        if (report.heldBack().isEmpty()) {
            told.remove(report.subscription());
            return;
        }
        RetentionReport.HeldBack held = report.heldBack().get();
        if (isNews(report.subscription(), held.cursor())) {
            log.warn(
                    "{}: retention waits for the cursor {}, which is required and {}: the journal GROWS meanwhile. Let its"
                            + " consumer catch up, or say 'zoom-ws cursors set {} --required false'",
                    report.subscription(),
                    held.cursor(),
                    held.position().isPresent()
                            ? "stands at sequence " + held.position().getAsLong()
                            : "whose position is lost",
                    held.cursor());
        }
    }

    private boolean isNews(String subscription, String text) {
        return !text.equals(told.put(subscription, text));
    }

    /** Ends the thread after the journal it is busy with, and waits for that; an interrupt is kept until then. */
    @Override
    public void close() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
