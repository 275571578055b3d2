package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cycle file of each format version is kept: what was written once is read for ever. */
class SampleFileTest {

    private static final String SAMPLE = "journal-format-1.cq4.gz";
    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);

    @TempDir
    Path data;

    private static final List<String> EXPECTED = List.of(
            "opened 1 connection 0 {\"epoch\":1,\"durability\":\"strict\",\"previousEnd\":\"none\"}",
            "connected 2 connection 1 {}",
            "event 3 connection 1 " + Fixtures.frame(Fixtures.event("meeting.started", 1)),
            "control 4 connection 1 {\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}",
            "unreadable 5 connection 1 \u0001\u0002",
            "unreadable 6 connection 1 {\"length\":17000000,\"sha256\":\"00\"}",
            "disconnected 7 connection 1 {\"cause\":\"closed by Zoom (1000)\"}",
            "gap 8 connection 2 {\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:01Z\",\"cause\":\"closed\"}",
            "control 9 connection 0 {\"note\":\"clock\"}",
            "closed 10 connection 0 {\"epoch\":1}");

    @Test
    void formatOneIsRead() throws Exception {
        Path journal = Fixtures.journalDirectory(data);
        Files.writeString(journal.resolve("format"), "zoom-ws journal 1\n");
        Path segment = Files.createDirectory(Segment.of(journal, 1, 1).directory());
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(SampleFileTest.class.getResourceAsStream("/" + SAMPLE), SAMPLE))) {
            Files.copy(in, segment.resolve("19700101.cq4"));
        }

        JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT).close();

        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader).stream()
                            .map(SampleFileTest::describe)
                            .limit(EXPECTED.size()))
                    .containsExactlyElementsOf(EXPECTED);
        }
    }

    private static String describe(Entry entry) {
        assertThat(entry.receivedAt()).isEqualTo(Times.instant(Fixtures.START_NANOS));
        return entry + " connection " + entry.connection() + " " + Fixtures.text(entry);
    }

    /** Run by hand, once for each format version: {@code SampleFileTest <target file>}. */
    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("sample");
        long now = Fixtures.START_NANOS;
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT)) {
            writer.append(StoredKind.CONNECTED, 1, now, now, Fixtures.bytes("{}"));
            for (String frame : List.of(EXPECTED.get(2), EXPECTED.get(3))) {
                Fixtures.appendText(writer, 1, now, frame.substring(frame.indexOf('{')));
            }
            writer.append(StoredKind.BINARY_FRAME, 1, now, 0, ByteBuffer.wrap(new byte[] {1, 2}));
            StoredKind[] rest = {
                StoredKind.TOO_LONG_FRAME, StoredKind.DISCONNECTED, StoredKind.GAP, StoredKind.CONTROL_NOTE
            };
            for (int i = 0; i < rest.length; i++) {
                String line = EXPECTED.get(5 + i);
                long connection = Long.parseLong(line.split(" ")[3]);
                writer.append(rest[i], connection, now, 0, Fixtures.bytes(line.substring(line.indexOf('{'))));
            }
        }
        Segment segment = Segment.list(data.resolve("main/journal")).get(0);
        byte[] content = Files.readAllBytes(segment.data().orElseThrow());
        int end = content.length;
        while (content[end - 1] == 0) {
            end--;
        }
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            out.write(Arrays.copyOf(content, end + 64));
        }
    }
}
