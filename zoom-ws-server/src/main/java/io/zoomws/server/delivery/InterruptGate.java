package io.zoomws.server.delivery;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets an interrupt reach a thread only while it runs a plugin's code. Elsewhere on that thread an interrupt would close the
 * file of a journal or cursor under its feet, as the JDK's file channels do: one that comes then waits until the thread
 * enters a plugin's code again.
 */
final class InterruptGate {

    private final CallRecord calls;
    private @Nullable Thread inside; // guarded by this
    private boolean interrupted; // guarded by this
    private boolean waiting; // guarded by this

    InterruptGate() {
        this(new CallRecord(InstantSource.system()));
    }

    /** Also writes down who is inside, since when. */
    InterruptGate(CallRecord calls) {
        this.calls = calls;
    }

    /** What passes this gate. */
    CallRecord calls() {
        return calls;
    }

    synchronized void enter() {
        calls.entered();
        inside = Thread.currentThread();
        if (waiting) {
            waiting = false;
            inside.interrupt();
        }
    }

    /** Ends the region; an interrupt that nobody has seen goes with it. */
    synchronized void leave() {
        inside = null;
        calls.left();
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
