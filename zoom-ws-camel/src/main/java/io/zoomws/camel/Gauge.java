package io.zoomws.camel;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where a pump shows how far it is. Written by its thread with each step, so without a barrier; any thread may look. */
final class Gauge {

    private final AtomicLong position = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong redeliveries = new AtomicLong();
    private final AtomicLong passedOver = new AtomicLong();
    private volatile @Nullable String lastFailure;

    void show(InFlight now, Redeliveries waiting) {
        position.setRelease(now.position());
        next.setRelease(now.next());
        inFlight.setRelease(now.size());
        redeliveries.setRelease(waiting.size());
    }

    /** Its class alone: what it says may quote the event. */
    void failed(Throwable cause) {
        lastFailure = cause.getClass().getName();
    }

    /** Counts an entry that was passed over, and tells how many there are. */
    long passOver() {
        return passedOver.incrementAndGet();
    }

    Progress progress(Progress.State state) {
        return new Progress(
                state,
                position.getAcquire(),
                next.getAcquire(),
                (int) inFlight.getAcquire(),
                (int) redeliveries.getAcquire(),
                passedOver.get(),
                Optional.ofNullable(lastFailure));
    }
}
