package io.zoomws.plugin.attendance;

import io.zoomws.spi.RetryLater;
import java.io.Serial;

/**
 * The database came back without what it had committed: another server took over that did not have it yet, somebody restored a
 * backup, or the embedded one broke down, on a full disk for example, within half a second of a commit. The host asks an instance for its position once, so what is missing would be missing for ever. Nothing is stored until
 * the instance is started anew, which goes on from the position that the database has.
 */
final class DatabaseWentBack extends RetryLater {

    @Serial
    private static final long serialVersionUID = 1;

    DatabaseWentBack() {
        super("the database no longer has what it had committed: start the instance anew");
    }
}
