package io.zoomws.journal;

import java.io.IOException;

/** How far readers may read, and how they learn that it is further. One in the writer's process, one beside it. */
interface Visibility extends AutoCloseable {

    /** The newest mark. */
    Mark current() throws IOException;

    /** Waits until {@code sequence} is visible or the time is over; true if it is. Costs no processor time. */
    boolean await(long sequence, long nanos) throws InterruptedException, IOException;

    @Override
    void close();
}
