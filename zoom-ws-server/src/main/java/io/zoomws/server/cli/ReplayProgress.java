package io.zoomws.server.cli;

import io.zoomws.server.delivery.ReplayWatcher;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows how far a replay is, at which rate, and how long it is likely to take. Rate and estimate are those of this run. */
final class ReplayProgress implements ReplayWatcher {

    private static final int BAR_WIDTH = 12;

    private final ProgressLine line;
    private final LongSupplier nanoTime;
    private final long from;
    private final long to;
    private final long begunAt;
    private final long begunNanos;
    private long next;
    private long handled;
    private long parked;

    /**
     * Begins.
     *
     * @param from first sequence of the range
     * @param to the sequence behind it
     * @param next where this run begins
     */
    ReplayProgress(ProgressLine line, LongSupplier nanoTime, long from, long to, long next) {
        this.line = line;
        this.nanoTime = nanoTime;
        this.from = from;
        this.to = to;
        this.begunAt = next;
        this.next = next;
        this.begunNanos = nanoTime.getAsLong();
    }

    @Override
    public void at(long nextSequence, long handledNow, long parkedNow) {
        next = nextSequence;
        handled = handledNow;
        parked = parkedNow;
        if (line.due()) {
            show(pace());
        }
    }

    @Override
    public void waiting(Duration left) {
        if (line.due()) {
            show("next event in " + text(left));
        }
    }

    /** Ends the line. */
    void end() {
        line.end();
    }

    private void show(String how) {
        String counts = String.format(Locale.ROOT, "%,d handled, %,d parked", handled, parked);
        line.print(ProgressLine.drawn(next - from, Math.max(1, to - from), BAR_WIDTH) + "  " + how + "  " + counts);
    }

    private String pace() {
        double seconds = Math.max(1, nanoTime.getAsLong() - begunNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        long perSecond = Math.round(handled / seconds);
        double left = (to - next) * seconds / Math.max(1, next - begunAt);
        return String.format(
                Locale.ROOT, "%,d events/s  %s left", perSecond, text(Duration.ofSeconds((long) Math.ceil(left))));
    }

    /** Two units at most, rounded down: what is left of a wait is told for people. */
    static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toSeconds() + " s";
    }
}
