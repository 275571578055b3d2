package io.zoomws.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A plugin instance that was started, wherever it runs. Methods may be called by any thread. */
public interface RunningInstance {

    /**
     * The name of the instance.
     *
     * @return as configured
     */
    String name();

    /**
     * The name of the plugin.
     *
     * @return that of its directory
     */
    String plugin();

    /**
     * The subscription whose journal it follows.
     *
     * @return as configured
     */
    String subscription();

    /**
     * What the instance is doing.
     *
     * @return a consistent enough picture; numbers may be from slightly different moments
     */
    InstanceStatus status();

    /**
     * Its process, if it has one of its own.
     *
     * @return {@link OwnProcess#NONE} if it runs in this one
     */
    default OwnProcess process() {
        return OwnProcess.NONE;
    }

    /**
     * What the instance is in the middle of, and what it costs.
     *
     * @return {@link Activity#UNKNOWN}, unless it can be told
     */
    default Activity activity() {
        return Activity.UNKNOWN;
    }

    /**
     * Where the plugin's code is at this moment. Stops all threads for an instant: not to be asked without need.
     *
     * @return class, method and line, such as {@code at acme.Handler.handle(Handler.java:7)}; empty where that cannot be told
     */
    default Optional<String> place() {
        return Optional.empty();
    }

    /** Asks it to end after the entry it is busy with. Returns at once. */
    void requestStop();

    /** Tells it to end now: what it is busy with is broken off and delivered again later. Returns at once. */
    void interrupt();

    /**
     * Waits for its end.
     *
     * @param patience how long at most; at least a millisecond
     * @return whether it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean awaitEnd(Duration patience) throws InterruptedException;

    /**
     * Gives it up: it has not ended although it was told to. From now on its cursor is free, and whatever it still does moves no
     * position. A second call does nothing.
     */
    void abandon();

    /**
     * Lets go of what it has to hold open beyond its end: its jars, while threads that its plugin has left behind may need them.
     *
     * @return whether it holds nothing any more; to be called again later if not
     */
    default boolean letGo() {
        return true;
    }

    /**
     * Ends instances: each after the entry it is busy with. What takes longer is interrupted, and then abandoned.
     *
     * @param instances to be ended together
     * @param untilInterrupt how long to wait for all of them
     * @param afterwards how long again after the interrupt
     * @return whether all ended
     */
    static boolean stopAll(List<? extends RunningInstance> instances, Duration untilInterrupt, Duration afterwards) {
        instances.forEach(RunningInstance::requestStop);
        if (!awaitAll(instances, untilInterrupt)) {
            instances.forEach(RunningInstance::interrupt);
            awaitAll(instances, afterwards);
        }
        boolean all = true;
        for (RunningInstance instance : instances) {
            if (!awaitAll(List.of(instance), Duration.ZERO)) {
                all = false;
                instance.abandon();
            }
        }
        return all;
    }

    private static boolean awaitAll(List<? extends RunningInstance> instances, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = true;
        try {
            for (RunningInstance instance : instances) {
                all &= instance.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return all;
    }
}
