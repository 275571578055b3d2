package io.zoomws.server.http;

import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the entries of one journal to one reader as they come, on a thread of its own. Nothing is kept for a reader that is slow:
 * the next entry is read from the journal when the one before has been taken.
 */
final class EventStream implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** The journal wakes us when something comes; this only bounds how late we notice that we are to stop. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** So often something is said, for proxies, and to notice that the reader has gone. */
    private static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(15).toNanos();

    /** How long a browser waits before it connects again. */
    private static final String BEGINNING = "retry: 2000\n\n";

    private static final String COMMENT = ": nothing new\n\n";

    private final JournalReader reader;
    private final EntryChoice choice;
    private final long from;
    private final OutputStream out;
    private final StopRequest stop;

    EventStream(JournalReader reader, EntryChoice choice, long from, OutputStream out, StopRequest stop) {
        this.reader = reader;
        this.choice = choice;
        this.from = from;
        this.out = out;
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            follow();
        } catch (IOException e) {
            log.debug("a reader of a stream has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a stream ends: this is a bug of the server", e);
        }
    }

    private void follow() throws IOException, InterruptedException {
        write(BEGINNING);
        out.flush();
        try (Tailer tailer = choice.tail(reader, from)) {
            long said = System.nanoTime();
            while (!stop.isRequested()) {
                Entry entry = next(tailer);
                if (entry != null && choice.wants(entry)) {
                    write(entry);
                    said = System.nanoTime();
                } else if (System.nanoTime() - said >= KEEP_ALIVE_NANOS) {
                    write(COMMENT);
                    out.flush();
                    said = System.nanoTime();
                }
            }
        } catch (JournalException e) {
            if (!stop.isRequested()) {
                log.error(
                        "a stream ends, as the journal of {} cannot be read: {}",
                        reader.subscription(),
                        e.getMessage());
                write("event: problem\ndata: the journal cannot be read; the log of the server says more\n\n");
                out.flush();
            }
        }
    }

    /** What is there already goes out together; before it waits, everything is sent. */
    private @Nullable Entry next(Tailer tailer) throws IOException, InterruptedException {
        Entry entry = tailer.poll();
        if (entry != null) {
            return entry;
        }
        out.flush();
        return tailer.poll(LONGEST_WAIT);
    }

    private void write(Entry entry) throws IOException {
        // The object is one line, which is what may stand behind data.
        write("id: " + entry.sequence() + "\nevent: " + entry.kind().label() + "\ndata: " + choice.json(entry)
                + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
