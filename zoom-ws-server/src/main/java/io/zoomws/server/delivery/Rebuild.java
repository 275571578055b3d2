package io.zoomws.server.delivery;

import io.zoomws.server.delivery.RebuildNote.Phase;
import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.RetryLater;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rebuild that an instance has to do before it follows its journal: forget, have a range delivered as a replay, go on live. A
 * crash at any point is made good by the next start. One thread at a time.
 *
 * <p>From when the handler is told to forget, the instance does not go live until it has forgotten and been handed everything,
 * however often it is started. What is changed on disk is changed only while the instance has its cursor: a thread that was
 * abandoned leaves the rebuild to its successor.
 */
final class Rebuild {

    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

    private final String instance;
    private final RebuildNote note;
    private final FencedCursor cursor;
    private RebuildNote.Plan plan;

    private Rebuild(String instance, RebuildNote note, FencedCursor cursor, RebuildNote.Plan plan) {
        this.instance = instance;
        this.note = note;
        this.cursor = cursor;
        this.plan = plan;
    }

    /** The rebuild that is due for an instance, which has its cursor. */
    static Optional<Rebuild> due(InstanceFiles files, String instance, FencedCursor cursor) {
        RebuildNote note = RebuildNote.of(files, instance);
        return note.pending().map(plan -> new Rebuild(instance, note, cursor, plan));
    }

    /**
     * Whether the handler has forgotten what it had derived and been handed something since: then the cursor says where it is. As
     * long as it was handed nothing, it costs nothing to have it forget once more, in case that did not outlive a crash.
     */
    boolean isReset() {
        return plan.phase() == Phase.REPLAYING && cursor.position().orElse(plan.from()) > plan.from();
    }

    long from() {
        return plan.from();
    }

    /** Sequence before which entries are delivered as a replay. */
    long end() {
        return plan.to();
    }

    /**
     * Has the handler forget, unless it has, and asks it for its own position. What it forgets, the cursor follows: it stands at
     * the beginning of the range then.
     *
     * @return as {@link HandlerStart#position} says
     * @throws PluginException if it cannot: then it has to at the next start
     */
    OptionalLong begin(
            EventHandler handler, HandlerStart start, ParkedIndex parked, StopSignal stop, RandomGenerator random)
            throws PluginException {
        boolean fresh = !isReset();
        if (fresh && !reset(handler, start, parked, stop, random)) {
            return OptionalLong.empty();
        }
        OptionalLong own = start.position(handler, stop, random);
        if (!fresh && knowsAll(own)) {
            log.warn(
                    "plugin instance {}: its own position is {} although it was handed less since its reset, which was lost with"
                            + " a crash: it is reset again",
                    instance,
                    own.getAsLong());
            if (!reset(handler, start, parked, stop, random)) {
                return OptionalLong.empty();
            }
            own = start.position(handler, stop, random);
        }
        if (knowsAll(own)) {
            throw new PluginException("plugin instance " + instance + " is not rebuilt: its own position is "
                    + own.getAsLong() + " right after its reset(), which is to forget that as well");
        }
        return own;
    }

    /** Whether the handler says that it has everything which it was made to forget, and has not been handed since. */
    private boolean knowsAll(OptionalLong own) {
        return own.isPresent()
                && own.getAsLong() >= plan.to()
                && cursor.position().orElse(plan.from()) < plan.to();
    }

    /** Returns whether all is ready for the range; else the instance is to end. */
    private boolean reset(
            EventHandler handler, HandlerStart start, ParkedIndex parked, StopSignal stop, RandomGenerator random)
            throws PluginException {
        if (!(handler instanceof Rebuildable rebuildable)) {
            throw new PluginException(
                    "the plugin of instance " + instance + " cannot be rebuilt: it is not Rebuildable");
        }
        if (stop.isStopped() || !advance(Phase.RESETTING) || !forget(rebuildable, start, stop, random)) {
            return false;
        }
        // A thread that was abandoned in there may have come back only now, when its successor is at work.
        if (!cursor.whileHeld(() -> cursor.save(plan.from()))) {
            return false;
        }
        // What was parked is delivered again like everything else, and must not hold up later events of its key.
        for (long sequence : parked.store().sequences().tailSet(plan.from())) {
            if (!cursor.whileHeld(() -> parked.remove(sequence))) {
                return false;
            }
        }
        if (!advance(Phase.REPLAYING)) {
            return false;
        }
        log.info("plugin instance {} is rebuilt from sequence {} to {}", instance, plan.from(), plan.to() - 1);
        return true;
    }

    /** Calls the handler until it has forgotten, or the instance is to end. */
    private boolean forget(Rebuildable handler, HandlerStart start, StopSignal stop, RandomGenerator random)
            throws PluginException {
        Attempts attempts = new Attempts(random, 0);
        while (!stop.isStopped()) {
            try {
                start.reset(handler);
                return true;
            } catch (RetryLater e) {
                Duration delay = attempts.postponed();
                log.warn(
                        "plugin instance {} cannot be reset yet ({}); again in {} ms",
                        instance,
                        Causes.silent(e),
                        delay.toMillis());
                stop.pause(delay);
            } catch (Throwable e) { // A stranger's reset may throw anything.
                if (!stop.isStopped()) {
                    throw new PluginException(
                            "the reset of plugin instance " + instance + " failed (" + Causes.silent(e) + ")");
                }
                log.warn("the reset of plugin instance {} was broken off ({})", instance, Causes.silent(e));
            }
        }
        return false;
    }

    /** Remembers how far it is; returns whether the instance still may. */
    private boolean advance(Phase next) {
        RebuildNote.Plan advanced = plan.in(next);
        if (!cursor.whileHeld(() -> note.write(advanced))) {
            return false;
        }
        plan = advanced;
        return true;
    }

    /** The range was delivered, if it was begun. */
    void finish() {
        if (plan.phase() == Phase.REPLAYING && advance(Phase.DONE)) {
            log.info("plugin instance {} is rebuilt up to sequence {} and goes on live", instance, plan.to() - 1);
        }
    }

    /** Gives up a rebuild that has not begun; one whose handler may have forgotten is done at the next start. */
    void giveUp() {
        if (plan.isHalfDone()) {
            log.error(
                    "plugin instance {} is NOT rebuilt, and may have forgotten already: its next start goes on with it",
                    instance);
            return;
        }
        try {
            if (plan.isPending() && advance(Phase.GIVEN_UP)) {
                log.error("plugin instance {} is NOT rebuilt: it stands where it stood", instance);
            }
        } catch (JournalException e) {
            log.error("plugin instance {} is NOT rebuilt before its next start: {}", instance, e.getMessage());
        }
    }
}
