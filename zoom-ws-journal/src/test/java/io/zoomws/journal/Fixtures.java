package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Small things that most tests here need. */
final class Fixtures {

    /** 2026-01-01T00:00:00Z. */
    static final long START_NANOS = 1_767_225_600_000_000_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Fixtures() {}

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame as Zoom sends it, with the event as a string. */
    static String frame(String event) {
        return "{\"module\":\"message\",\"content\":\""
                + event.replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"header\":{}}";
    }

    static String event(String type, int number) {
        return "{\"event\":\"" + type + "\",\"payload\":{\"account_id\":\"A\",\"object\":{\"id\":\"" + number
                + "\"}},\"event_ts\":" + (1_767_261_600_000L + number) + "}";
    }

    static boolean appendText(JournalWriter writer, long connection, long atNanos, String text) {
        return writer.append(StoredKind.TEXT_FRAME, connection, atNanos, 0, bytes(text));
    }

    /** The next entries, waited for. */
    static List<Entry> read(Tailer tailer, int count) throws InterruptedException {
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < count) {
            Entry entry = tailer.poll(PATIENCE);
            if (entry == null) {
                throw new AssertionError("only " + entries.size() + " of " + count + " entries came");
            }
            entries.add(entry);
        }
        return entries;
    }

    /** All entries that are visible now. */
    static List<Entry> readAll(JournalReader reader) {
        List<Entry> entries = new ArrayList<>();
        try (Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    static String text(Entry entry) {
        return new String(entry.payload(), StandardCharsets.UTF_8);
    }

    /** Made as a writer makes it, for its owner only. */
    static Path journalDirectory(Path data) throws IOException {
        Path journal = JournalDirectory.journal(data, "main");
        Privacy.createDirectories(journal);
        return journal;
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
