package io.zoomws.server.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** What an instance has done since it started. Written by its thread, read by any. */
final class Counts {

    final AtomicLong handled = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong parked = new AtomicLong();
    final AtomicLong retries = new AtomicLong();

    /** Sequence behind the last event handled; 0 if there was none. */
    final AtomicLong behindHandled = new AtomicLong();

    /** Events were handled, the last of which has this sequence. One that is redriven may come from before. */
    void handled(int events, long last) {
        handled.addAndGet(events);
        behindHandled.accumulateAndGet(last + 1, Math::max);
    }

    /** How many entries are done with, one way or another. */
    long settled() {
        return handled.get() + gaps.get() + parked.get();
    }
}
