package io.zoomws.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The threads that a plugin has left running after its handler was closed. */
record LeftThreads(List<Thread> threads) {

    /** A pool that was shut down a moment ago is still about to end. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_NAMES = 5;
    private static final int LONGEST_NAME = 60;

    /** Those that do not end within a moment. An interrupt ends the wait and no more. */
    static LeftThreads of(ThreadView view) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : view.others()) {
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            // Only a plugin's own stray thread can have done this, and this thread is at its end anyway.
            return new LeftThreads(view.others());
        }
        return new LeftThreads(view.others());
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    String text() {
        String names = threads.stream()
                .limit(MOST_NAMES)
                .map(thread -> name(thread.getName()))
                .collect(Collectors.joining(", "));
        return (threads.size() == 1 ? "a thread" : threads.size() + " threads") + " (" + names
                + (threads.size() > MOST_NAMES ? ", …" : "") + ")";
    }

    /** A stranger's text. */
    private static String name(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }
}
