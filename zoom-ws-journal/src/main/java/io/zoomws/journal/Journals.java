package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonPointer;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads journals on disk: needs no writer, works beside one, in any process, and changes nothing but cursors. */
public final class Journals {

    static final String LOCK_FILE = "lock";
    private static final JsonPointer CAUSE = JsonPointer.compile("/cause");
    private static final JsonPointer PREVIOUS_END = JsonPointer.compile("/previousEnd");

    private Journals() {}

    /**
     * Opens a journal for reading. It follows what a writer in another process makes durable, woken by the file system.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @return a reader, to be closed by the caller
     * @throws JournalException if there is no journal or it cannot be read
     */
    public static JournalReader openReader(Path data, String subscription) {
        return reader(data, subscription);
    }

    private static FileJournalReader reader(Path data, String subscription) {
        Path journal = JournalDirectory.journal(data, subscription);
        JournalDirectory.check(journal);
        try {
            return new FileJournalReader(journal, subscription, new WatchedVisibility(journal));
        } catch (IOException e) {
            throw new JournalException("Cannot read the journal " + journal + ": " + Problems.text(e), e);
        }
    }

    /**
     * The cursors of a subscription's consumers.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @return the cursors; the directory is made when the first is saved
     */
    public static CursorStore cursors(Path data, String subscription) {
        return new CursorStore(JournalDirectory.cursors(data, subscription));
    }

    /**
     * The subscriptions that have a journal.
     *
     * @param data the data directory
     * @return their names in order; empty if there is no such directory
     * @throws JournalException if the directory cannot be listed
     */
    public static List<String> subscriptions(Path data) {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(data)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (JournalDirectory.isName(name) && JournalDirectory.exists(JournalDirectory.journal(data, name))) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new JournalException("Cannot list the data directory " + data + ": " + Problems.text(e), e);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    /**
     * What there is in a journal, without reading all of it.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @return its ends and sizes as of now
     * @throws JournalException if there is no journal or it cannot be read
     */
    public static JournalSummary summary(Path data, String subscription) {
        try (FileJournalReader reader = reader(data, subscription)) {
            return JournalSummary.of(reader);
        }
    }

    /**
     * When an entry was received, from the index alone.
     *
     * @param reader of this module
     * @param sequence of an entry; if retention has removed it, the oldest one is looked at
     * @return empty if there is no such entry, or not yet
     * @throws JournalException if that cannot be read
     */
    public static Optional<Instant> receivedAt(JournalReader reader, long sequence) {
        if (!(reader instanceof FileJournalReader files)) {
            throw new IllegalArgumentException("a reader of another make: " + reader.getClass());
        }
        Mark mark = files.mark();
        long held = Math.max(sequence, files.earliest(mark));
        return held < 1 || held > mark.visible()
                ? Optional.empty()
                : Optional.of(Times.instant(files.receivedAtNanos(files.held(held, mark), mark)));
    }

    /**
     * Who writes a journal now, in whatever process. Only looks, and leaves nothing behind.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @return for example {@code process 4711 on host since 2026-11-23T20:00:00Z}; empty if nobody does, or there is no journal
     * @throws JournalException if that cannot be told
     */
    public static Optional<String> holder(Path data, String subscription) {
        Path journal = JournalDirectory.journal(data, subscription);
        try {
            return OwnerLock.holder(journal.resolve(LOCK_FILE));
        } catch (IOException e) {
            throw new JournalException("Cannot read the lock of " + journal + ": " + Problems.text(e), e);
        }
    }

    /**
     * The gap that is still open at the end of a journal.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @return empty if a writer is there whose connection is ready, or if there never was a connection
     * @throws JournalException if there is no journal or it cannot be read
     */
    public static Optional<OpenGap> openGap(Path data, String subscription) {
        Path journal = JournalDirectory.journal(data, subscription);
        try (FileJournalReader reader = reader(data, subscription)) {
            // The lock first: a writer that ends in between is then seen by its last entry.
            boolean written = OwnerLock.holder(journal.resolve(LOCK_FILE)).isPresent();
            Mark mark = reader.mark();
            if (mark.visible() == 0) {
                return Optional.empty();
            }
            IndexRecord last = reader.record(mark.visible(), mark);
            IndexRecord.Link link = last.link();
            long began = Removed.read(journal).beganAtNanos();
            began = began != 0 ? began : reader.receivedAtNanos(reader.resolve(Position.EARLIEST), mark);
            if (!written) {
                return Optional.ofNullable(LastRun.of(last, began, reader.isJustRestored(mark)))
                        .map(run -> new OpenGap(Times.instant(run.provenUntilNanos()), run.cause()));
            }
            if (link.liveConnection() != 0) {
                return Optional.empty();
            }
            return Optional.of(
                    link.provenAtNanos() == 0
                            ? new OpenGap(Times.instant(began), "no connection yet")
                            : new OpenGap(Times.instant(link.provenAtNanos()), cause(reader, link)));
        } catch (IOException e) {
            throw new JournalException("Cannot read the lock of " + journal + ": " + Problems.text(e), e);
        }
    }

    /** What the entry that ended the connection says; if that was the end of a run, how it ended. */
    private static String cause(FileJournalReader reader, IndexRecord.Link link) throws IOException {
        try (Tailer tailer = reader.tail(Math.max(1, link.sinceSequence()))) {
            Entry entry = tailer.poll();
            if (entry == null || entry.sequence() > link.sinceSequence()) {
                return "unknown"; // retention has removed it
            }
            return switch (entry.kind()) {
                case CLOSED -> "restart";
                case OPENED ->
                    JournalWriter.RESTORED.equals(
                                    Json.find(new String(entry.payload(), StandardCharsets.UTF_8), PREVIOUS_END))
                            ? LastRun.RESTORED
                            : "crash";
                default -> {
                    String cause = Json.find(new String(entry.payload(), StandardCharsets.UTF_8), CAUSE);
                    yield cause == null ? "unknown" : cause;
                }
            };
        }
    }
}
