package io.zoomws.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A step of a script under way: counts what its moment counts, and when that has come either does its fault at once or waits
 * for the next subjects. Confined to the event loop.
 */
final class RunningStep {

    /** Does a fault at once. */
    @FunctionalInterface
    interface Doer {
        /**
         * Does it.
         *
         * @param cause the connection that made the moment; null if none did
         */
        void doIt(FaultStep step, @Nullable EventSocket cause);
    }

    private final FaultStep step;
    private final EventLoop loop;
    private final Doer doer;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();
    private long seen;
    private long begun;

    /** To how many of the next subjects it is done. */
    private long armed;

    RunningStep(FaultStep step, EventLoop loop, Doer doer) {
        this.step = step;
        this.loop = loop;
        this.doer = doer;
    }

    FaultStep step() {
        return step;
    }

    void start() {
        Moment moment = step.moment();
        Duration every = moment.everyTime();
        if (moment.place() != Place.TIME) {
            return;
        }
        if (every == null) {
            later(moment.after(), () -> begin(null));
        } else {
            Duration first = moment.after().isZero() ? every : moment.after();
            timers.add(loop.scheduleAtFixedRate(
                    () -> begin(null), first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Something happened that its moment may count. */
    void happened(Place place, @Nullable EventSocket socket) {
        Moment moment = step.moment();
        if (moment.place() != place) {
            return;
        }
        seen++;
        if (begun >= step.mostBeginnings() || !moment.matches(seen)) {
            return;
        }
        begun++;
        if (moment.after().isZero()) {
            act(socket);
        } else {
            later(moment.after(), () -> act(socket));
        }
    }

    private void begin(@Nullable EventSocket socket) {
        if (begun < step.mostBeginnings()) {
            begun++;
            act(socket);
        }
    }

    private void act(@Nullable EventSocket socket) {
        if (step.fault().subject() == Place.TIME) {
            doer.doIt(step, socket);
            return;
        }
        Duration lasting = step.lasting();
        if (lasting != null && step.fault().lasting() == Fault.Lasting.WINDOW) {
            armed = step.subjects();
            later(lasting, () -> armed = 0);
        } else {
            armed += step.subjects();
        }
    }

    /** Whether the fault is due for a subject that is there now; it is done then, and counted here. */
    boolean take() {
        if (armed == 0) {
            return false;
        }
        armed--;
        return true;
    }

    void stop() {
        armed = 0;
        begun = Long.MAX_VALUE;
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private void later(Duration delay, Runnable task) {
        timers.removeIf(ScheduledFuture::isDone);
        timers.add(loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }
}
