package io.zoomws.server.delivery;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries to come, which can be put back by whoever took too many. */
final class Incoming {

    private final Tailer tailer;
    private final ArrayDeque<Entry> back = new ArrayDeque<>();

    Incoming(Tailer tailer) {
        this.tailer = tailer;
    }

    /** The next one, if there is one already. */
    @Nullable
    Entry poll() {
        Entry entry = back.poll();
        return entry != null ? entry : tailer.poll();
    }

    /** The next one, waited for. */
    @Nullable
    Entry poll(Duration timeout) throws InterruptedException {
        Entry entry = back.poll();
        return entry != null ? entry : tailer.poll(timeout);
    }

    /** These are the next ones again, in this order. */
    void putBack(List<? extends Entry> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            back.addFirst(entries.get(i));
        }
    }

    /** Sequence of the next one. */
    long position() {
        Entry next = back.peek();
        return next == null ? tailer.position() : next.sequence();
    }
}
