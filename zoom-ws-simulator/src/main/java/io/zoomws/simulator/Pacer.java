package io.zoomws.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets events happen at a rate: at each tick as many as are due since the start, so that late ticks do not add up. Confined
 * to the event loop.
 */
final class Pacer {

    private static final long TICK_MILLIS = 2;

    /** A tick that is long overdue must not keep the event loop from answering heartbeats. */
    private static final int MOST_AT_ONCE = 2_000;

    private final EventSource source;
    private final Hub hub;
    private final EventFlow events;
    private final double perSecond;
    private final long count;
    private long startNanos;
    private long happened;
    private @Nullable ScheduledFuture<?> ticks;

    Pacer(EventSource source, Hub hub, EventFlow events, double perSecond, long count) {
        this.source = source;
        this.hub = hub;
        this.events = events;
        this.perSecond = perSecond;
        this.count = count;
    }

    void start(EventLoop loop) {
        if (perSecond > 0) {
            startNanos = loop.ticker().nanoTime();
            ticks = loop.scheduleAtFixedRate(
                    () -> tick(loop.ticker().nanoTime()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick(long nowNanos) {
        long due = (long) ((nowNanos - startNanos) / 1e9 * perSecond);
        if (count > 0) {
            due = Math.min(due, count);
        }
        // What a slow client does not take yet happens later: a simulator must not run out of memory.
        for (int i = 0; i < MOST_AT_ONCE && happened < due && hub.writable(); i++) {
            happened++;
            events.happen(source.next());
        }
        if (count > 0 && happened == count) {
            stop();
        }
    }

    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
