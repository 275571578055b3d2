package io.zoomws.server.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** What an instance has done since it started. Written by its thread, read by any. */
final class Counts {

    final AtomicLong handled = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong parked = new AtomicLong();
    final AtomicLong retries = new AtomicLong();

    /** How many entries are done with, one way or another. */
    long settled() {
        return handled.get() + gaps.get() + parked.get();
    }
}
