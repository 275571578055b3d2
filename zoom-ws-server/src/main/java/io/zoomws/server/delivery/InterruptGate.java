package io.zoomws.server.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Lets an interrupt reach a thread only while it runs a plugin's code. Elsewhere on that thread an interrupt would close the
 * file of a journal or cursor under its feet, as the JDK's file channels do: one that comes then waits until the thread
 * enters a plugin's code again.
 */
final class InterruptGate {

    private @Nullable Thread inside; // guarded by this
    private boolean interrupted; // guarded by this
    private boolean waiting; // guarded by this

    synchronized void enter() {
        inside = Thread.currentThread();
        if (waiting) {
            waiting = false;
            inside.interrupt();
        }
    }

    /** Ends the region; an interrupt that nobody has seen goes with it. */
    synchronized void leave() {
        inside = null;
        Thread.interrupted();
    }

    /** Interrupts the plugin's code: what is running, or else what runs next. */
    synchronized void interrupt() {
        interrupted = true;
        if (inside == null) {
            waiting = true;
        } else {
            inside.interrupt();
        }
    }

    /** Whether an interrupt was sent: what the plugin threw since may be its consequence. */
    synchronized boolean isInterrupted() {
        return interrupted;
    }
}
