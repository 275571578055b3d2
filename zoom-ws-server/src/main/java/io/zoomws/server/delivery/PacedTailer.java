package io.zoomws.server.delivery;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each entry only when it is due, to the millisecond. An entry that is not stands first in line: a poll returns nothing, as at
 * the end of a journal, and {@link #position()} is that entry's.
 */
final class PacedTailer implements Tailer {

    private final Tailer all;
    private final Pace pace;
    private final StopSignal stop;
    private final Consumer<Duration> onWait;
    private @Nullable Entry early;

    /**
     * Decorates a tailer.
     *
     * @param stop ends a wait at once
     * @param onWait told how long it is until the next entry, with each poll that returns nothing for that reason
     */
    PacedTailer(Tailer all, Pace pace, StopSignal stop, Consumer<Duration> onWait) {
        this.all = all;
        this.pace = pace;
        this.stop = stop;
        this.onWait = onWait;
    }

    @Override
    public @Nullable Entry poll() {
        Entry entry = early == null ? all.poll() : early;
        return entry == null || untilDue(entry).isZero() ? taken(entry) : notYet(entry);
    }

    @Override
    public @Nullable Entry poll(Duration timeout) throws InterruptedException {
        Entry entry = early == null ? all.poll(timeout) : early;
        if (entry == null) {
            return null;
        }
        Duration delay = untilDue(entry);
        if (delay.compareTo(timeout) > 0) {
            stop.pause(timeout);
            return notYet(entry);
        }
        // Whoever asks is to end then, and does not deliver it.
        boolean ending = !delay.isZero() && stop.pause(delay);
        return ending ? notYet(entry) : taken(entry);
    }

    private Duration untilDue(Entry entry) {
        return Duration.ofMillis(pace.delay(entry.receivedAt()).toMillis());
    }

    private @Nullable Entry taken(@Nullable Entry entry) {
        early = null;
        return entry;
    }

    private @Nullable Entry notYet(Entry entry) {
        early = entry;
        onWait.accept(untilDue(entry));
        return null;
    }

    @Override
    public long position() {
        return early == null ? all.position() : early.sequence();
    }

    @Override
    public void close() {
        all.close();
    }
}
