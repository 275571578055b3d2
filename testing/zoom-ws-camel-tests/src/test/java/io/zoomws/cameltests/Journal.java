package io.zoomws.cameltests;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The journal of the subscription {@code main}, as a server writes it. */
final class Journal implements AutoCloseable {

    private final Path data;
    private final JournalWriter writer;
    private int count;

    private Journal(Path data) {
        this.data = data;
        this.writer = JournalWriter.open(data, "main");
    }

    static Journal in(Path data) {
        return new Journal(data);
    }

    /** Appends events with the next numbers. */
    Journal append(int more) {
        for (int left = more; left > 0; left--) {
            frame("{\"module\":\"message\",\"content\":\"" + event(count++).replace("\"", "\\\"") + "\"}");
        }
        return this;
    }

    private void frame(String text) {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        ByteBuffer frame = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        writer.append(StoredKind.TEXT_FRAME, 1, nanos, 0, frame);
    }

    /** For {@code data=…}, also inside an XML attribute and a properties file. */
    String data() {
        return data.toString();
    }

    /** The text of the event with a number. */
    static String event(int number) {
        return "{\"event\":\"meeting.started\",\"event_ts\":" + (1_767_261_600_000L + number)
                + ",\"payload\":{\"account_id\":\"A1\",\"object\":{\"id\":\"" + number + "\",\"uuid\":\"u" + number
                + "\"}}}";
    }

    /** The texts of all events so far. */
    List<String> events() {
        return IntStream.range(0, count).mapToObj(Journal::event).toList();
    }

    @Override
    public void close() {
        writer.close();
    }
}
