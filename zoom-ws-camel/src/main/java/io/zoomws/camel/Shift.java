package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer does between a start and a stop, on one thread: waits for its cursor, if it is a standby and another
 * consumer has it, and then pumps. Other threads pause, resume and stop it, and ask how it is.
 */
final class Shift implements Runnable {

    /** How often a standby tries to take over. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Shift.class);

    private enum Wanted {
        RUN,
        PAUSE,
        STOP
    }

    private final Plan plan;
    private final JournalAccess journal;
    private final Beginning beginning;
    private final Target route;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    /** Guarded by this for writing. */
    private volatile @Nullable Pump pump;

    /** Why there is no pump yet, or null if the cursor was there at once. */
    private volatile @Nullable RuntimeException obstacle;

    /** Guarded by this. */
    private Wanted wanted = Wanted.RUN;

    private Shift(Plan plan, JournalAccess journal, Target route) {
        this.plan = plan;
        this.journal = journal;
        this.beginning = new Beginning(plan, journal.reader(), journal.cursors());
        this.route = route;
    }

    /**
     * Takes the cursor; only a standby may have to wait for it.
     *
     * @throws RuntimeException that says in a line for users what is in the way
     */
    static Shift begin(Plan plan, JournalAccess journal, Target route) {
        Shift shift = new Shift(plan, journal, route);
        try {
            shift.pump(shift.beginning.begin());
        } catch (CursorHeld e) {
            if (!plan.standby()) {
                throw e;
            }
            shift.obstacle = e;
            log.info("{}: standby; {}", plan.logName(), e.getMessage());
        }
        return shift;
    }

    private void pump(Start start) {
        boolean made = false;
        try {
            long end = plan.replay() ? journal.reader().resolve(plan.to()) : Long.MAX_VALUE;
            Checkpoint checkpoint = new Checkpoint(plan.logName(), start.cursor(), start.position(), System::nanoTime);
            take(new Pump(plan, journal.reader(), start, end, route, checkpoint, System::nanoTime));
            made = true;
            log.info(
                    "{}: {} from sequence {}{}",
                    plan.logName(),
                    plan.replay() ? "replay" : "tail",
                    start.position(),
                    plan.replay() ? " to before " + end : "");
        } finally {
            if (!made) {
                close(start.cursor());
            }
        }
    }

    private synchronized void take(Pump fresh) {
        switch (wanted) {
            case RUN -> {}
            case PAUSE -> fresh.pause();
            case STOP -> fresh.stop();
        }
        pump = fresh;
        obstacle = null;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try (journal) {
            while (pump == null && standBy()) {
                tryToTakeOver();
            }
            Pump running = pump;
            if (running != null) {
                running.run();
            }
        } catch (InterruptedException e) {
            // Camel's executor was shut down by force.
            Thread.currentThread().interrupt();
        } finally {
            thread = null;
            ended.countDown();
        }
    }

    /** Waits for the next try; false if there is none. */
    private synchronized boolean standBy() throws InterruptedException {
        long until = System.nanoTime() + RETRY.toNanos();
        for (long left = RETRY.toNanos(); wanted != Wanted.STOP; left = until - System.nanoTime()) {
            if (left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } else if (wanted == Wanted.RUN) {
                return true;
            } else {
                // Who is suspended takes nothing over.
                wait();
            }
        }
        return false;
    }

    private void tryToTakeOver() {
        try {
            pump(beginning.begin());
        } catch (RuntimeException e) {
            RuntimeException before = obstacle;
            if (before == null || !Causes.line(e).equals(Causes.line(before))) {
                log.warn("{}: standby; cannot take over now ({}), tried again", plan.logName(), Causes.line(e));
            }
            obstacle = e;
        }
    }

    synchronized void pause() {
        want(Wanted.PAUSE);
        Pump running = pump;
        if (running != null) {
            running.pause();
        }
    }

    synchronized void resume() {
        want(Wanted.RUN);
        Pump running = pump;
        if (running != null) {
            running.resume();
        }
    }

    synchronized void stop() {
        want(Wanted.STOP);
        Pump running = pump;
        if (running != null) {
            running.stop();
        }
    }

    private synchronized void want(Wanted now) {
        wanted = wanted == Wanted.STOP ? wanted : now;
        notifyAll();
    }

    /** It was begun and is not going to be run. */
    void abandon() {
        Pump never = pump;
        if (never != null) {
            never.close();
        }
    }

    /** Waits for the end of the thread; not if that is the one which asks, as where a route stops itself. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return Thread.currentThread() == thread || ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    String logName() {
        return plan.logName();
    }

    /** Why nothing is delivered although it should be, or null. */
    @Nullable
    Throwable failure() {
        Pump running = pump;
        RuntimeException missing = obstacle;
        return running != null ? running.failure() : missing instanceof CursorHeld ? null : missing;
    }

    /** What a standby waits for, if this is one now. */
    Optional<String> standingBy() {
        return obstacle instanceof CursorHeld held ? Optional.ofNullable(held.getMessage()) : Optional.empty();
    }

    Progress progress() {
        Pump running = pump;
        if (running != null) {
            return running.progress();
        }
        return Progress.of(obstacle instanceof CursorHeld ? Progress.State.STANDBY : Progress.State.FAILING);
    }

    private static void close(@Nullable Cursor cursor) {
        if (cursor != null) {
            cursor.close();
        }
    }
}
