package io.zoomws.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the entries again that a writer left behind without having announced them. Its barrier may have failed, and a
 * second one on the same file would claim success for pages that Linux dropped; so they go into a new file, with a barrier
 * of their own, before anybody sees them.
 *
 * <p>They stay what they were, epoch included, byte for byte. The segment has its name only when it is whole and on disk:
 * until then the entries count where they were.
 */
final class Rewrite {

    private static final Logger log = LoggerFactory.getLogger(Rewrite.class);

    private final Path journal;
    private final Barrier barrier;
    private final Deriver deriver;
    private final List<Indexer.Damage> damages = new ArrayList<>();
    private final CRC32C crc = new CRC32C();

    Rewrite(Path journal, Barrier barrier, Deriver deriver) {
        this.journal = journal;
        this.barrier = barrier;
        this.deriver = deriver;
    }

    /**
     * What was written again.
     *
     * @param segment that holds it now
     * @param last sequence in it
     * @param damages what was missing in between
     */
    record Result(Segment segment, long last, List<Indexer.Damage> damages) {}

    /**
     * Copies all entries from a sequence on. Works on a thread of its own: an interrupt of the caller would harm Chronicle.
     *
     * @param from where they are
     * @param position in its cycle file, at which they may begin
     * @param firstSequence of the first one
     * @param number of the segment to come
     * @return null if there is none
     */
    @Nullable
    Result run(Segment from, long position, long firstSequence, long number) throws IOException {
        Path data = from.data().orElse(null);
        if (data == null) {
            return null;
        }
        FutureTask<@Nullable Result> work =
                new FutureTask<>(() -> copy(from, data, position, Segment.unfinished(journal, number, firstSequence)));
        Thread thread = new Thread(work, "zoomws-journal-rewrite");
        thread.start();
        JournalWriter.joinUninterruptibly(thread);
        try {
            return work.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(Problems.text(cause), cause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the thread has ended, so that nothing is waited for", e);
        }
    }

    private @Nullable Result copy(Segment from, Path data, long position, Segment into) throws IOException {
        try (EntryScanner entries = new EntryScanner(data, position)) {
            entries.limit(entries.fileBytes());
            Envelope first = entries.next(into.firstSequence());
            if (first == null) {
                return null;
            }
            boolean done = false;
            try {
                long last = write(from, entries, first, into);
                index(into, last);
                Segment whole = Segment.of(journal, into.number(), into.firstSequence());
                Files.move(into.directory(), whole.directory(), StandardCopyOption.ATOMIC_MOVE);
                Directories.force(journal);
                done = true;
                log.warn(
                        "Sequences {} to {} of {} were not yet announced when their writer ended: written again to {}",
                        into.firstSequence(),
                        last,
                        from.directory(),
                        whole.directory());
                return new Result(whole, last, List.copyOf(damages));
            } finally {
                if (!done) {
                    discard();
                }
            }
        }
    }

    private long write(Segment from, EntryScanner entries, Envelope first, Segment into) throws IOException {
        SegmentWriter writer = new SegmentWriter(into, barrier);
        long next = into.firstSequence();
        try (writer) {
            Envelope before = first;
            for (Envelope entry = first; entry != null; entry = entries.next(next)) {
                if (next < entry.sequence()) {
                    damages.add(new Indexer.Damage(from, next, entry.sequence() - 1));
                }
                while (next < entry.sequence()) {
                    standIn(writer, next, before);
                    next++;
                }
                entries.copyTo(writer, entry);
                before = entry;
                next++;
            }
            writer.force();
        }
        writer.trim();
        return next - 1;
    }

    /** Fills the place of an entry that is lost, since a scan must be able to tell a hole from the end. */
    private void standIn(SegmentWriter writer, long sequence, Envelope before) throws IOException {
        byte[] json = damaged(sequence);
        Envelope header = new Envelope(
                StoredKind.QUARANTINE, sequence, before.epoch(), before.receivedAtNanos(), 0, 0, json.length);
        ByteBuffer entry = ByteBuffer.allocate(header.totalBytes()).order(ByteOrder.LITTLE_ENDIAN);
        header.encode(entry, 0);
        entry.put(Envelope.HEADER_BYTES, json);
        Envelope.seal(entry, 0, crc);
        writer.append(entry.array(), 0, header.totalBytes());
    }

    /** What is read in place of an entry that is lost. */
    static byte[] damaged(long sequence) {
        return ("{\"fromSequence\":" + sequence + ",\"toSequence\":" + sequence + ",\"cause\":\"damaged on disk\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void index(Segment segment, long last) throws IOException {
        try (Indexer indexer = new Indexer(segment, deriver)) {
            if (!indexer.recover(last).isEmpty()) {
                throw new IOException("what was written to " + segment.directory()
                        + " cannot be read back: the disk or the memory of this machine is failing");
            }
            indexer.seal();
        }
    }

    private void discard() {
        try {
            Segment.discardUnfinished(journal);
        } catch (IOException e) {
            log.warn("An unfinished copy in {} is left for the next start: {}", journal, Problems.text(e));
        }
    }
}
