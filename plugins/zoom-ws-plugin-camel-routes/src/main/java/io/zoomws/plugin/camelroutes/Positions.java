package io.zoomws.plugin.camelroutes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Where the cursors of the routes that follow the journal stand. One remains while its file does, also if its route is stopped. */
final class Positions {

    private final Map<String, Long> saved = new HashMap<>(); // guarded by this
    private boolean known; // guarded by this

    /** Some file's routes follow with these cursors from now on. */
    synchronized void follow(Set<String> cursors) {
        cursors.forEach(cursor -> saved.putIfAbsent(cursor, 0L));
        notifyAll();
    }

    /** Nobody follows with these any more. */
    synchronized void forget(Set<String> cursors) {
        saved.keySet().removeAll(cursors);
        notifyAll();
    }

    /** The folder was looked at for the first time, so that all who follow are told of. */
    synchronized void known() {
        known = true;
        notifyAll();
    }

    /** Of a cursor that nobody follows with nothing is kept. */
    synchronized void saved(String cursor, long next) {
        saved.computeIfPresent(cursor, (name, before) -> next);
        notifyAll();
    }

    /** The next sequence that a cursor's route is to handle, once that has begun. */
    synchronized OptionalLong of(String cursor) {
        long next = saved.getOrDefault(cursor, 0L);
        return next == 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Waits until all have passed an entry.
     *
     * @return whether they have
     */
    synchronized boolean awaitPassed(long sequence, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); !havePassed(sequence); left = end - System.nanoTime()) {
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private boolean havePassed(long sequence) {
        return known && saved.values().stream().allMatch(next -> next > sequence);
    }
}
