package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that a plugin has left running after its handler was closed. */
record LeftThreads(List<Thread> threads) {

    private static final Logger log = LoggerFactory.getLogger(LeftThreads.class);

    /** A pool that was shut down a moment ago is still about to end. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final int MOST_NAMES = 5;

    /** Closes a plugin that has ended. Threads that it has left behind may still need its classes: then its jars remain open. */
    static void closeUnlessThereAre(Plugin plugin, ThreadView view, String instance) {
        LeftThreads left = of(view);
        if (left.threads().isEmpty()) {
            plugin.close();
        } else {
            log.warn(
                    "plugin instance {} has ended, and {} it started have not: they go on until the server ends",
                    instance,
                    left.text());
        }
    }

    /**
     * Closes the plugin of an instance that has ended, if that had to wait and needs to no more. A second call does nothing.
     *
     * @return whether it is closed
     */
    static boolean closeIfNone(Plugin plugin, ThreadView view) {
        boolean none = view.others().isEmpty();
        if (none) {
            plugin.close();
        }
        return none;
    }

    /**
     * Those that do not end within a moment. An interrupt ends the wait and no more. Not by {@link Thread#join}: that needs the
     * monitor of the thread, which the thread itself may hold.
     */
    private static LeftThreads of(ThreadView view) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Thread> others = view.others();
        try {
            while (!others.isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
                others = view.others();
            }
        } catch (InterruptedException e) {
            // Only a plugin's own stray thread can have done this, and this thread is at its end anyway.
            return new LeftThreads(view.others());
        }
        return new LeftThreads(others);
    }

    private String text() {
        String names = threads.stream()
                .limit(MOST_NAMES)
                .map(thread -> PluginThreads.printable(thread.getName()))
                .collect(Collectors.joining(", "));
        return (threads.size() == 1 ? "a thread" : threads.size() + " threads") + " (" + names
                + (threads.size() > MOST_NAMES ? ", …" : "") + ")";
    }
}
