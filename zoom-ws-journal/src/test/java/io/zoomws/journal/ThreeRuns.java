package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data directory to be damaged. Its first run was closed in order; the second crashed and left no mark, so that its
 * entries were written again; the third is running, with all that it wrote announced.
 */
final class ThreeRuns {

    /** Where the cursor {@code consumer} stands. */
    static final int CURSOR = 5;

    private static final int ENTRIES_A_RUN = 12;

    private final Map<Path, byte[]> good = new TreeMap<>();
    private final Path running;
    private long announced;

    /**
     * Makes one.
     *
     * @param root for it and for the copies it comes from
     */
    ThreeRuns(Path root) throws IOException {
        running = root.resolve("good");
        Path live = root.resolve("live");
        try (JournalWriter writer = JournalWriter.open(live, "main")) {
            append(writer);
        }
        try (Cursor cursor = Journals.cursors(live, "main").open("consumer")) {
            cursor.save(CURSOR);
        }
        Path crashed = root.resolve("crashed");
        try (JournalWriter writer = JournalWriter.open(live, "main")) {
            append(writer);
            copy(live, crashed);
        }
        Files.delete(Mark.file(crashed.resolve("main/journal")));
        try (JournalWriter writer = JournalWriter.open(crashed, "main")) {
            append(writer);
            announced = writer.status().visibleSequence();
            copy(crashed, running);
        }
        assertThat(Segment.list(running.resolve("main/journal"))).hasSize(4);
        assertThat(Oracle.check(running, announced).last()).isEqualTo(announced);
    }

    /** Content by path below the data directory. */
    Map<Path, byte[]> files() {
        return good;
    }

    /** The newest sequence that was called durable. */
    long announced() {
        return announced;
    }

    /** Untouched; to be read only. */
    Path data() {
        return running;
    }

    private static void append(JournalWriter writer) {
        long sequence = writer.status().appendedSequence();
        for (int i = 0; i < ENTRIES_A_RUN; i++) {
            sequence++;
            Fixtures.appendText(
                    writer,
                    1,
                    Fixtures.START_NANOS,
                    Oracle.frameAt(writer.status().epoch(), sequence));
        }
        while (writer.status().visibleSequence() < sequence) {
            LockSupport.parkNanos(10_000);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        good.clear();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                good.put(from.relativize(file), CrashingDisk.read(file));
            }
        }
        write(to, Path.of(""), new byte[0]);
    }

    /** Writes all files as they were, but one; null: that one is missing. */
    void write(Path data, Path changed, byte @Nullable [] bytes) throws IOException {
        List<Segment> there = Segment.list(Fixtures.journalDirectory(data));
        for (Segment segment : there) {
            if (!good.containsKey(data.relativize(segment.index()))) {
                Fixtures.remove(segment.directory());
            }
        }
        for (Map.Entry<Path, byte[]> file : good.entrySet()) {
            Path target = data.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            byte[] content = file.getKey().equals(changed) ? bytes : file.getValue();
            if (content == null) {
                Files.deleteIfExists(target);
            } else {
                Files.write(target, content);
            }
        }
    }
}
