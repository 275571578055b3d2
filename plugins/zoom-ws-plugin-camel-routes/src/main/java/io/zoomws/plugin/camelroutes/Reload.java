package io.zoomws.plugin.camelroutes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which files to load and to unload, from what the folder holds at each look. Without I/O, and by one thread.
 *
 * <p>What is new counts when two looks agree, so that a file which is being written is left alone; so does its absence, since many
 * editors write another file and move it. What was refused is tried again when it changes, when any other file changed with
 * success, which may have been the obstacle, and after {@link #AGAIN}.
 */
final class Reload {

    /** Not every reason why a file cannot be run is in the file. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    /** What is to be done. */
    sealed interface Change {
        /** The file it is about. */
        String file();
    }

    /** A file is to be run, in place of what ran of it before. */
    record Load(String file, Content content) implements Change {}

    /** A file is gone, and so is to be what runs of it. */
    record Unload(String file) implements Change {}

    private record Refusal(Content content, Instant due) {}

    private static final class Track {
        private @Nullable Content seen;
        private @Nullable Content running;
        private @Nullable Refusal refusal;
    }

    private final SortedMap<String, Track> tracks = new TreeMap<>();

    /**
     * Takes note of what is there now.
     *
     * @return what to do, the disappeared first, so that their routes' names are free; then tell {@link #loaded}, {@link #refused}
     *     or {@link #unloaded} of each
     */
    List<Change> look(Map<String, Content> folder, Instant now) {
        folder.keySet().forEach(file -> tracks.computeIfAbsent(file, name -> new Track()));
        List<Change> changes = new ArrayList<>();
        List<Change> loads = new ArrayList<>();
        tracks.forEach((file, track) -> {
            Content content = folder.get(file);
            if (content == null && track.seen == null) {
                changes.add(new Unload(file));
            } else if (content != null && content.equals(track.seen) && isDue(track, content, now)) {
                loads.add(new Load(file, content));
            }
            track.seen = content;
        });
        changes.addAll(loads);
        return changes;
    }

    private static boolean isDue(Track track, Content content, Instant now) {
        if (content.equals(track.running)) {
            track.refusal = null;
            return false;
        }
        Refusal refusal = track.refusal;
        return refusal == null || !refusal.content().equals(content) || !now.isBefore(refusal.due());
    }

    void loaded(Load load) {
        Track track = track(load);
        track.running = load.content();
        track.refusal = null;
        tryAllAgain();
    }

    /** What ran of it before runs on, or nothing. */
    void refused(Load load, boolean stillRuns, Instant now) {
        Track track = track(load);
        track.running = stillRuns ? track.running : null;
        track.refusal = new Refusal(load.content(), now.plus(AGAIN));
    }

    void unloaded(Unload unload) {
        tracks.remove(unload.file());
        tryAllAgain();
    }

    /** How many files are not run as they are. */
    int broken() {
        return (int)
                tracks.values().stream().filter(track -> track.refusal != null).count();
    }

    private Track track(Change change) {
        return tracks.computeIfAbsent(change.file(), name -> new Track());
    }

    private void tryAllAgain() {
        for (Track track : tracks.values()) {
            if (track.refusal != null) {
                track.refusal = new Refusal(track.refusal.content(), Instant.MIN);
            }
        }
    }
}
