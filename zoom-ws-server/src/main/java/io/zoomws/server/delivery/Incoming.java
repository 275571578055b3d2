package io.zoomws.server.delivery;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The entries to come, one of which can be put back by whoever took one too many. */
final class Incoming {

    private final Tailer tailer;
    private @Nullable Entry back;

    Incoming(Tailer tailer) {
        this.tailer = tailer;
    }

    /** The next one, if there is one already. */
    @Nullable
    Entry poll() {
        Entry entry = back;
        back = null;
        return entry != null ? entry : tailer.poll();
    }

    /** The next one, waited for. */
    @Nullable
    Entry poll(Duration timeout) throws InterruptedException {
        Entry entry = back;
        back = null;
        return entry != null ? entry : tailer.poll(timeout);
    }

    /** It is the next one again. */
    void putBack(Entry entry) {
        back = entry;
    }

    /** Sequence of the next one. */
    long position() {
        return back == null ? tailer.position() : back.sequence();
    }
}
