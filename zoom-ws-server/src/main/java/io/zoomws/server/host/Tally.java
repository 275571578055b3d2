package io.zoomws.server.host;

import io.zoomws.server.delivery.PluginInstance;

/**
 * What instances in one slot have done, one after the other, since the server began: what is counted does not fall because an
 * instance was started again.
 */
record Tally(long handled, long gaps, long parked, long retries) {

    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(PluginInstance.Status instance) {
        return new Tally(
                handled + instance.handled(),
                gaps + instance.gaps(),
                parked + instance.parked(),
                retries + instance.retries());
    }
}
