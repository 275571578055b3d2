package io.zoomws.server.host;

import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;

/**
 * What instances in one slot have done, one after the other, since the server began: what is counted does not fall because an
 * instance was started again.
 */
record Tally(long handled, long gaps, long parked, long retries, long restarts) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(RunningInstance running) {
        PluginInstance.Status instance = running.status();
        return new Tally(
                handled + instance.handled(),
                gaps + instance.gaps(),
                parked + instance.parked(),
                retries + instance.retries(),
                restarts + running.process().restarts());
    }
}
