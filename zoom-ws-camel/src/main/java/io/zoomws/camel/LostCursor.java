package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;

/**
 * A cursor that had a position which is not known any more. The plugin contract has no word for that, so it is told of cursors
 * in a data directory only; of those that a host binds, the host takes care.
 */
final class LostCursor {

    private LostCursor() {}

    /** Whether this is why a cursor could not be opened. */
    static boolean isLost(JournalException thrown) {
        try {
            return DataDirectory.isLost(thrown);
        } catch (NoClassDefFoundError e) { // Without the journal module there are none of its cursors.
            return false;
        }
    }

    /** Sets a lost one and opens it. */
    static Cursor anew(Cursors cursors, String name, long position) {
        DataDirectory.set(cursors, name, position);
        return cursors.open(name);
    }
}
