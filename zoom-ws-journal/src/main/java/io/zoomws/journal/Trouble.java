package io.zoomws.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a journal from storing, if anything does. Any thread; fields are guarded by this. */
final class Trouble {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    /** What can fail, and be well again, apart from the others. */
    enum Part {
        WRITING,
        INDEX,
        SPACE
    }

    private final Path journal;
    private final Map<Part, String> open = new EnumMap<>(Part.class);
    private final List<StorageListener> listeners = new ArrayList<>();

    Trouble(Path journal) {
        this.journal = journal;
    }

    /** Whoever listens only now is told what there is. */
    synchronized void add(StorageListener listener) {
        listeners.add(listener);
        why().ifPresent(listener::stopped);
    }

    synchronized void begin(Part part, String cause) {
        boolean first = open.isEmpty();
        String before = open.put(part, "disk: " + cause);
        if (before == null) {
            log.error("{} STORES NOTHING for now: {}; it goes on by itself when that is over", journal, cause);
        }
        if (first) {
            listeners.forEach(listener -> listener.stopped("disk: " + cause));
        }
    }

    synchronized void end(Part part) {
        if (open.remove(part) != null && open.isEmpty()) {
            log.warn("{} stores again", journal);
            listeners.forEach(StorageListener::resumed);
        }
    }

    synchronized Optional<String> why() {
        return open.values().stream().findFirst();
    }
}
