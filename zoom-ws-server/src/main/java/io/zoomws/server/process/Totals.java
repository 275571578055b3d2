package io.zoomws.server.process;

import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the processes of one instance say they did, one after the other, so that no number falls when a process ends.
 * What one did since its last report is not known, and not counted.
 */
final class Totals {

    private InstanceStatus ended; // guarded by this
    private @Nullable ChildReport current; // guarded by this

    /** Of an instance that begins at a position. */
    Totals(long position) {
        ended = new InstanceStatus(InstanceState.STARTING, 0, 0, 0, 0, position, 0);
    }

    /** The process that runs has said this. */
    synchronized void heard(ChildReport report) {
        current = report;
    }

    /** Whether the process that runs has said nothing yet: so nothing of the plugin runs in it. */
    synchronized boolean nothingHeard() {
        return current == null;
    }

    /** The process has ended; returns the last it said, if anything. */
    synchronized Optional<ChildReport> ended() {
        Optional<ChildReport> last = Optional.ofNullable(current);
        ended = status(ended.state());
        current = null;
        return last;
    }

    /**
     * All of it.
     *
     * @param state what the instance is doing; null: as its process says, or starting if it has said nothing yet
     */
    synchronized InstanceStatus status(@Nullable InstanceState state) {
        if (current == null) {
            return in(state == null ? InstanceState.STARTING : state);
        }
        InstanceStatus now = current.status();
        return new InstanceStatus(
                state == null ? now.state() : state,
                ended.handled() + now.handled(),
                ended.gaps() + now.gaps(),
                ended.parked() + now.parked(),
                ended.retries() + now.retries(),
                // One that could not begin stands nowhere.
                now.position() == 0 ? ended.position() : now.position(),
                now.position() == 0 ? ended.parkedNow() : now.parkedNow());
    }

    private InstanceStatus in(InstanceState state) {
        return new InstanceStatus(
                state,
                ended.handled(),
                ended.gaps(),
                ended.parked(),
                ended.retries(),
                ended.position(),
                ended.parkedNow());
    }
}
