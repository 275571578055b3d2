package io.zoomws.server.host;

import io.zoomws.server.delivery.PluginInstance;
import java.time.Duration;

/**
 * What instances in one slot have done, one after the other, since the server began: what is counted does not fall because an
 * instance was started again.
 */
record Tally(long handled, long gaps, long parked, long retries, Duration cpu) {

    static final Tally NONE = new Tally(0, 0, 0, 0, Duration.ZERO);

    Tally plus(PluginInstance.Status instance) {
        return new Tally(
                handled + instance.handled(),
                gaps + instance.gaps(),
                parked + instance.parked(),
                retries + instance.retries(),
                cpu);
    }

    Tally plus(Duration moreCpu) {
        return new Tally(handled, gaps, parked, retries, cpu.plus(moreCpu));
    }
}
