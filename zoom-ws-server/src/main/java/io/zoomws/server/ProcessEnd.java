package io.zoomws.server;

import ch.qos.logback.core.spi.LifeCycle;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** What is left to be done before a process of ours ends without its hooks. */
public final class ProcessEnd {

    /** How long the last lines may take; where nobody reads them the process ends all the same. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private ProcessEnd() {}

    /**
     * Who makes the process end.
     *
     * @return the threads that are inside {@code System.exit}; a plugin's thread has the plugin's name
     */
    public static String exitCallers() {
        return ExitCallers.text(ExitCallers.threads());
    }

    /** Writes what is still queued or buffered. On a thread of its own: a pipe that nobody reads would hold us for ever. */
    public static void flush() {
        Thread flusher = new Thread(
                () -> {
                    if (LoggerFactory.getILoggerFactory() instanceof LifeCycle logging) {
                        logging.stop();
                    }
                    System.out.flush();
                    System.err.flush();
                },
                "last lines");
        flusher.setDaemon(true);
        flusher.start();
        try {
            flusher.join(LAST_LINES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
