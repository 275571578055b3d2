package io.zoomws.server.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that a delivery is to end; waits that must not outlast it wait on this. */
class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);

    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return whether the delivery is to end
     */
    boolean pause(Duration duration) {
        try {
            return stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // A plugin can interrupt its own thread at any time. That ends this wait and no more: we stop by the
            // signal.
            return isStopped();
        }
    }
}
