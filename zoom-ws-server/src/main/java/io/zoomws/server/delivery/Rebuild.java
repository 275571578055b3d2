package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.Rebuildable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rebuild that an instance has to do before it follows its journal: forget, have a range delivered as a replay, go on live. A
 * crash at any point is made good by the next start. One thread at a time.
 */
final class Rebuild {

    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

    private final String instance;
    private final RebuildNote note;
    private RebuildNote.Plan plan;

    private Rebuild(String instance, RebuildNote note, RebuildNote.Plan plan) {
        this.instance = instance;
        this.note = note;
        this.plan = plan;
    }

    /** The rebuild that is due for an instance. */
    static Optional<Rebuild> due(InstanceFiles files, String instance) {
        RebuildNote note = RebuildNote.of(files, instance);
        return note.read().map(plan -> new Rebuild(instance, note, plan));
    }

    /** Whether the handler has forgotten what it had derived: from then on the cursor says where it is. */
    boolean isReset() {
        return plan.reset();
    }

    long from() {
        return plan.from();
    }

    /** Sequence before which entries are delivered as a replay. */
    long end() {
        return plan.to();
    }

    /**
     * Has the handler forget, unless it has. Its cursor stands at the beginning of the range then.
     *
     * @throws PluginException if it cannot: then it stands where it stood
     */
    void reset(EventHandler handler, Cursor cursor, InterruptGate gate, ParkedIndex parked) throws PluginException {
        if (plan.reset()) {
            return;
        }
        if (!(handler instanceof Rebuildable rebuildable)) {
            throw new PluginException(
                    "the plugin of instance " + instance + " cannot be rebuilt: it is not Rebuildable");
        }
        gate.enter();
        try {
            rebuildable.reset();
        } catch (Throwable e) { // A stranger's reset may throw anything.
            throw new PluginException(
                    "the reset of plugin instance " + instance + " failed (" + Causes.silent(e) + ")");
        } finally {
            gate.leave();
        }
        // What was parked is delivered again like everything else, and must not hold up later events of its key.
        for (ParkedEntry entry : parked.store().entries()) {
            if (entry.sequence() >= plan.from()) {
                parked.remove(entry.sequence());
            }
        }
        // In this order: a crash in between resets it once more, before anything was delivered.
        cursor.save(plan.from());
        plan = plan.afterReset();
        note.write(plan);
        log.info("plugin instance {} is rebuilt from sequence {} to {}", instance, plan.from(), plan.to() - 1);
    }

    /** The range was delivered. */
    void finish() {
        note.delete();
        log.info("plugin instance {} is rebuilt up to sequence {} and goes on live", instance, plan.to() - 1);
    }

    /** Gives up a rebuild that has not begun; one that has forgotten already is done at the next start. */
    void giveUp() {
        if (!plan.reset()) {
            note.delete();
            log.error("plugin instance {} is NOT rebuilt: it stands where it stood", instance);
        }
    }
}
