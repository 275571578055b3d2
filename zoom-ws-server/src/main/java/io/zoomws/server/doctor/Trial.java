package io.zoomws.server.doctor;

import io.zoomws.core.ConnectionStatus;
import io.zoomws.server.config.Settings;
import io.zoomws.spi.Entry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A subscription that is received for a while, as a server would receive it: into its journal. For one thread. */
public interface Trial extends AutoCloseable {

    /** Begins one. */
    @FunctionalInterface
    interface Starter {

        /**
         * Opens the journal and begins to connect.
         *
         * @param settings of the server
         * @param subscription one of them
         * @return what is to be closed
         * @throws io.zoomws.spi.JournalException if the journal cannot be written
         */
        Trial start(Settings settings, Settings.Subscription subscription);
    }

    /**
     * How the connection is.
     *
     * @return the newest status
     */
    ConnectionStatus connection();

    /**
     * What was journaled next, from the start of the trial on.
     *
     * @param atMost how long to wait for it
     * @return null if there was nothing in time
     * @throws InterruptedException if the thread is interrupted
     */
    @Nullable
    Entry next(Duration atMost) throws InterruptedException;

    /** Ends the connection and closes the journal in order, so that the gap that follows is stated as after any run. */
    @Override
    void close();
}
