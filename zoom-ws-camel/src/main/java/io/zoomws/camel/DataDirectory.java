package io.zoomws.camel;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.journal.LostPositionException;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.nio.file.Path;
import java.util.List;

/** Opens a journal on disk that others write. Names the journal module, which may be absent. */
final class DataDirectory {

    private DataDirectory() {}

    static JournalAccess open(Path data, String subscription) {
        List<String> known = Journals.subscriptions(data);
        if (!known.contains(subscription)) {
            throw new JournalException("there is no journal of subscription " + subscription + "; "
                    + (known.isEmpty() ? "this directory holds none" : "there is " + String.join(", ", known)));
        }
        JournalReader reader = Journals.openReader(data, subscription);
        return new JournalAccess(reader, Journals.cursors(data, subscription), reader::close);
    }

    /** Whether a cursor could not be opened because nobody knows its position any more. */
    static boolean isLost(JournalException thrown) {
        return thrown instanceof LostPositionException;
    }

    /** Sets a cursor that {@link #isLost} was said of. */
    static void set(Cursors cursors, String name, long position) {
        if (!(cursors instanceof CursorStore store)) {
            throw new JournalException("the cursor " + name + " can only be set by the host that keeps it");
        }
        store.set(name, position);
    }
}
