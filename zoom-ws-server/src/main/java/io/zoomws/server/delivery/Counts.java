package io.zoomws.server.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** What an instance has done since it started. Written by its thread, read by any. */
final class Counts {

    final AtomicLong handled = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong parked = new AtomicLong();
    final AtomicLong retries = new AtomicLong();
}
