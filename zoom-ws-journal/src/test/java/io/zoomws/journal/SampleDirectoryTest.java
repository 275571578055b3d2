package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory of each format version is kept: index, mark and cursor beside the journal, a run that was closed, an
 * entry that is damaged, a repeated event, and a run that was killed.
 */
class SampleDirectoryTest {

    private static final String SAMPLE = "data-format-1.zip";
    private static final long NOW = Fixtures.START_NANOS;
    private static final Clock CLOCK = Clock.fixed(Times.instant(NOW), ZoneOffset.UTC);

    private static final String EVENT = Fixtures.frame(Fixtures.event("meeting.started", 1));

    private static final List<String> EXPECTED = List.of(
            "opened 1 connection 0 {\"epoch\":1,\"durability\":\"strict\",\"previousEnd\":\"none\"}",
            "connected 2 connection 1 {}",
            "event 3 connection 1 id 0wHwW7SetzRDAcxNKTw3XQ of OptionalLong.empty " + EVENT,
            "quarantine 4 connection 0 {\"fromSequence\":4,\"toSequence\":4,\"cause\":\"damaged on disk\"}",
            "event 5 connection 2 id 0wHwW7SetzRDAcxNKTw3XQ of OptionalLong[3] " + EVENT,
            "closed 6 connection 0 {\"epoch\":1}",
            "opened 7 connection 0 {\"epoch\":2,\"durability\":\"strict\",\"previousEnd\":\"closed\"}",
            "quarantine 8 connection 0"
                    + " {\"fromSequence\":4,\"toSequence\":4,\"segment\":1,\"cause\":\"damaged on disk\"}",
            "connected 9 connection 3 {}");

    @TempDir
    Path data;

    @Test
    void aDataDirectoryOfFormatOneIsReadAndContinued() throws Exception {
        try (InputStream file = Objects.requireNonNull(SampleDirectoryTest.class.getResourceAsStream("/" + SAMPLE))) {
            unpack(file);
        }
        assertThat(read()).isEqualTo(EXPECTED);
        assertThat(Journals.openGap(data, "main")).contains(new OpenGap(Times.instant(NOW + 1), "crash"));
        try (Cursor cursor = Journals.cursors(data, "main").open("consumer")) {
            assertThat(cursor.position()).hasValue(4);
        }
        try (RandomAccessFile mark =
                new RandomAccessFile(Mark.file(data.resolve("main/journal")).toFile(), "r")) {
            assertThat(Mark.read(mark)).isEqualTo(new Mark(EXPECTED.size(), 2, 2));
        }

        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT)) {
            assertThat(writer.status().epoch()).isEqualTo(3);
            assertThat(writer.lastRun()).contains(new LastRun(NOW + 1, false, false));
        }

        assertThat(read()).hasSize(EXPECTED.size() + 2).startsWith(EXPECTED.toArray(String[]::new));
    }

    private List<String> read() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return Fixtures.readAll(reader).stream()
                    .map(SampleDirectoryTest::describe)
                    .toList();
        }
    }

    private static String describe(Entry entry) {
        String event = entry instanceof ZoomEvent it ? " id " + it.id() + " of " + it.duplicateOf() : "";
        return entry + " connection " + entry.connection() + event + " " + Fixtures.text(entry);
    }

    private void unpack(InputStream file) throws IOException {
        Fixtures.journalDirectory(data);
        try (ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = data.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(in, target);
            }
        }
    }

    /** Run by hand, once for each format version: {@code SampleDirectoryTest <target file>}; prints what it expects. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory("sample");
        SampleDirectoryTest sample = new SampleDirectoryTest();
        sample.data = root;
        try (JournalWriter writer = JournalWriter.open(root, "main", CLOCK, JournalSettings.DEFAULT)) {
            writer.append(StoredKind.CONNECTED, 1, NOW, NOW, Fixtures.bytes("{}"));
            Fixtures.appendText(writer, 1, NOW, EVENT);
            Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("meeting.ended", 1)));
            Fixtures.appendText(writer, 2, NOW, EVENT);
        }
        Segment first = Segment.list(root.resolve("main/journal")).get(0);
        try (IndexFile index = IndexFile.read(first);
                RandomAccessFile cycle =
                        new RandomAccessFile(first.data().orElseThrow().toFile(), "rw")) {
            cycle.seek(index.require(4).position() + Envelope.HEADER_BYTES);
            cycle.write('?');
        }
        try (Cursor cursor = Journals.cursors(root, "main").open("consumer")) {
            cursor.save(4);
        }
        try (JournalWriter writer = JournalWriter.open(root, "main", CLOCK, JournalSettings.DEFAULT)) {
            writer.append(StoredKind.CONNECTED, 3, NOW, NOW + 1, Fixtures.bytes("{}"));
            long last = writer.status().appendedSequence();
            while (writer.status().visibleSequence() < last) {
                Thread.onSpinWait();
            }
            pack(root, Path.of(arguments[0]));
        }
        Fixtures.remove(root);
        Files.createDirectories(root);
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            sample.unpack(file);
        }
        sample.read().forEach(System.out::println);
        Fixtures.remove(root);
    }

    private static void pack(Path root, Path target) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target));
                Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    (Iterable<Path>) files.filter(SampleDirectoryTest::isKept).sorted()::iterator) {
                ZipEntry entry = new ZipEntry(root.relativize(file).toString());
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(CrashingDisk.read(file));
            }
        }
    }

    /** Locks say who made the sample, and where. */
    private static boolean isKept(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith("lock");
    }
}
