package io.zoomws.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that the process is to end. Asked for by a signal, by a failure or by the command itself; asking twice is asking. */
public final class StopRequest {

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks. */
    public void request() {
        requested.countDown();
    }

    /**
     * Whether it was asked for.
     *
     * @return true from the first request on
     */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for the request.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits for the request for a while.
     *
     * @param atMost how long
     * @return whether it was asked for
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
