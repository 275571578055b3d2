package io.zoomws.server.host;

import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.RunningInstance;
import java.time.Duration;

/**
 * What instances in one slot have done, one after the other, since the server began: what is counted does not fall because an
 * instance was started again.
 */
record Tally(long handled, long gaps, long parked, long retries, long restarts, Duration cpu) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, Duration.ZERO);

    /** All but its processor time, which goes on after it was abandoned. */
    Tally plus(RunningInstance running) {
        InstanceStatus instance = running.status();
        return new Tally(
                handled + instance.handled(),
                gaps + instance.gaps(),
                parked + instance.parked(),
                retries + instance.retries(),
                restarts + running.process().restarts(),
                cpu);
    }

    Tally plus(Duration moreCpu) {
        return new Tally(handled, gaps, parked, retries, restarts, cpu.plus(moreCpu));
    }
}
