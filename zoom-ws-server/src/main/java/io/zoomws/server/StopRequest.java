package io.zoomws.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that the process is to end. Asked for by a signal, by a failure or by the command itself; asking twice is asking. */
public final class StopRequest {

    /** Ten seconds are promised from the signal to the end of the process. */
    static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile Duration patience = PATIENCE;

    /**
     * Says that a command may take longer to end in order than the nine seconds after which it is cut off.
     *
     * @param longer from the request to the end
     */
    public void allow(Duration longer) {
        patience = longer;
    }

    /** After which time from the request the process is ended whatever it does. */
    Duration patience() {
        return patience;
    }

    /** Asks. */
    public void request() {
        requested.countDown();
    }

    /**
     * Asks, and waits for the thread that heeds this to end; an interrupt is kept until then.
     *
     * @param heeding looks at this request
     */
    public void requestAndAwait(Thread heeding) {
        request();
        boolean interrupted = false;
        while (heeding.isAlive()) {
            try {
                heeding.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
