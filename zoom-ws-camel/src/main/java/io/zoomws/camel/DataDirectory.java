package io.zoomws.camel;

import io.zoomws.journal.Journals;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.util.List;

/** Opens a journal on disk. The only class that names the journal module, which may be absent. */
final class DataDirectory {

    private DataDirectory() {}

    static JournalAccess open(Path data, String subscription) {
        List<String> known = Journals.subscriptions(data);
        if (!known.contains(subscription)) {
            throw new JournalException("there is no journal of subscription " + subscription + "; "
                    + (known.isEmpty() ? "this directory holds none" : "there is " + String.join(", ", known)));
        }
        return new JournalAccess(Journals.openReader(data, subscription), Journals.cursors(data, subscription), true);
    }
}
