package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoomws.journal.Journals;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code zoom-ws journal cat} prints, read as a user's script would read it. */
final class Journal {

    /** Numbers of 10,000 digits are JSON, too. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private final List<String> text;
    private final List<JsonNode> lines;

    private Journal(List<String> text, List<JsonNode> lines) {
        this.text = text;
        this.lines = lines;
    }

    static Journal cat(Path folder, String... more) throws Exception {
        ZoomWs.Result result = ZoomWs.run(folder, command("json", more));
        assertThat(result.status()).as(result.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : result.outLines()) {
            lines.add(JSON.readTree(line));
        }
        return new Journal(result.outLines(), lines);
    }

    /** Waits, by a reader of this process's own, until so many events are durable. */
    static void awaitEvents(Path folder, int events) throws InterruptedException {
        try (JournalReader reader = Journals.openReader(folder.resolve("data"), "main");
                Tailer tailer = reader.tail(1)) {
            for (int found = 0; found < events; ) {
                Entry entry = tailer.poll(Duration.ofMinutes(1));
                assertThat(entry)
                        .as("entry after %d events, within a minute", found)
                        .isNotNull();
                found += entry.kind() == EntryKind.EVENT ? 1 : 0;
            }
        }
    }

    /** The frames of the journal, byte for byte, in order. */
    static List<byte[]> frames(Path folder) throws Exception {
        ZoomWs.Result result = ZoomWs.run(folder, command("raw"));
        assertThat(result.status()).as(result.err()).isZero();
        return splitRaw(result.outBytes());
    }

    private static String[] command(String format, String... more) {
        List<String> command = new ArrayList<>(List.of("journal", "cat", "--data", "data", "--format", format));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    List<JsonNode> lines() {
        return lines;
    }

    List<JsonNode> ofKind(String kind) {
        return lines.stream()
                .filter(line -> line.get("kind").asText().equals(kind))
                .toList();
    }

    List<JsonNode> events() {
        return ofKind("event");
    }

    /** The events that repeat no other, in order, each exactly as the line holds it. */
    List<String> firsts() {
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            if (line.get("kind").asText().equals("event")
                    && line.get("duplicateOf").isNull()) {
                String whole = text.get(i);
                firsts.add(whole.substring(whole.indexOf("\"content\":") + 10, whole.length() - 1));
            }
        }
        return firsts;
    }

    /** Whether some gap covers this instant; one that is still open has no end. */
    boolean inGap(Instant instant) {
        return ofKind("gap").stream().anyMatch(gap -> {
            Instant from = Instant.parse(gap.get("from").asText());
            Instant to = gap.get("to").isNull()
                    ? Instant.MAX
                    : Instant.parse(gap.get("to").asText());
            return !instant.isBefore(from) && instant.isBefore(to);
        });
    }

    void assertSequenceIsDense() {
        List<Long> sequences = lines.stream()
                .filter(line -> line.hasNonNull("sequence"))
                .map(line -> line.get("sequence").asLong())
                .toList();
        for (int i = 0; i < sequences.size(); i++) {
            assertThat(sequences.get(i)).isEqualTo(sequences.get(0) + i);
        }
    }

    private static List<byte[]> splitRaw(byte[] raw) {
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        while (at < raw.length) {
            if (raw[at] == 0x1e) {
                int end = indexOf(raw, '\n', at);
                int length = Integer.parseInt(new String(raw, at + 1, end - at - 1, StandardCharsets.US_ASCII));
                ByteArrayOutputStream frame = new ByteArrayOutputStream();
                frame.write(raw, end + 1, length);
                frames.add(frame.toByteArray());
                at = end + 1 + length;
                if (at < raw.length && raw[at] == '\n') {
                    at++;
                }
            } else {
                int end = indexOf(raw, '\n', at);
                frames.add(java.util.Arrays.copyOfRange(raw, at, end));
                at = end + 1;
            }
        }
        return frames;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new AssertionError("no line end behind byte " + from);
    }
}
