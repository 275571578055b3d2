package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Which sequences of a journal the files of its instances tell of, cursors aside: a restored journal gives none of them again. */
public final class KnownSequences {

    /** What a note says besides is no sequence. */
    private static final Set<String> KEYS = Set.of("own", "settled", "from", "to", "ownBefore");

    private static final List<String> NOTES = List.of("own-positions", "replays", "rebuilds");

    private KnownSequences() {}

    /**
     * The highest of them: of what is parked, of the positions that handlers keep themselves, of replays and rebuilds.
     *
     * @param files of one subscription, there or not
     * @return 0 if there are none; it may be too high by one, as some of these say what comes next
     * @throws JournalException if one of the files cannot be read; the message names it
     */
    public static long highest(InstanceFiles files) {
        long highest = 0;
        for (Path folder : children(files.subscription().resolve("parked"))) {
            SortedSet<Long> parked = new ParkedStore(folder).sequences();
            highest = Math.max(highest, parked.isEmpty() ? 0 : parked.last());
        }
        for (String notes : NOTES) {
            for (Path file : children(files.subscription().resolve(notes))) {
                if (file.toString().endsWith(".json")) {
                    highest = Math.max(highest, highest(new JsonNote(file)));
                }
            }
        }
        return highest;
    }

    private static long highest(JsonNote note) {
        return note.read().orElse(Map.of()).entrySet().stream()
                .filter(field -> KEYS.contains(field.getKey()))
                .mapToLong(field -> field.getValue() instanceof Long number ? number : 0)
                .max()
                .orElse(0);
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(found::add);
        } catch (IOException e) {
            throw new JournalException("The folder " + folder + " cannot be read: " + e, e);
        }
        return found;
    }
}
