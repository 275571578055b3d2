package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The writer thread's work: take a batch, write it, force it, say so. All of Chronicle happens here.
 *
 * <p>A batch whose barrier failed is never acknowledged, nor is any later one: on Linux a second fsync would claim success
 * for pages that were dropped.
 */
final class WriterLoop implements Runnable {

    private final Path journal;
    private final Intake intake;
    private final Progress progress;
    private final Barrier barrier;
    private final long segmentBytes;
    private final Consumer<Throwable> onFailure;
    private final CRC32C crc = new CRC32C();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final long firstSegment;
    private final long firstSequence;
    private @Nullable SegmentWriter segment;

    WriterLoop(
            Path journal,
            Recovery.Result recovered,
            Intake intake,
            Progress progress,
            Barrier barrier,
            long segmentBytes,
            Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.firstSegment = recovered.nextSegment();
        this.firstSequence = recovered.lastSequence() + 1;
        this.intake = intake;
        this.progress = progress;
        this.barrier = barrier;
        this.segmentBytes = segmentBytes;
        this.onFailure = onFailure;
    }

    /** Completes when the first batch is durable. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    @Override
    public void run() {
        boolean inOrder = false;
        try {
            SegmentWriter current = begin(firstSegment, firstSequence);
            for (Batch batch = intake.take(); batch != null; batch = intake.take()) {
                if (current.end() > segmentBytes) {
                    current = roll(current, progress.durableSequence() + 1);
                }
                write(current, batch);
                intake.release(batch);
                opened.complete(null);
            }
            inOrder = true;
        } catch (Throwable failure) {
            // InternalError is how a store into a mapping of a full disk shows; a thread that dies unnoticed is worse
            // than
            // any error told.
            onFailure.accept(failure);
            opened.completeExceptionally(failure);
        } finally {
            end(inOrder);
        }
    }

    private SegmentWriter begin(long number, long sequence) throws IOException {
        SegmentWriter begun = new SegmentWriter(Segment.of(journal, number, sequence), barrier);
        segment = begun;
        return begun;
    }

    private void write(SegmentWriter into, Batch batch) throws IOException {
        for (int at = 0; at < batch.end(); ) {
            int total = Envelope.totalBytes(batch.buffer(), at);
            Envelope.seal(batch.buffer(), at, crc);
            into.append(batch.bytes(), at, total);
            at += total;
        }
        progress.written(into.segment(), batch.lastSequence(), into.end());
        into.force();
        progress.durable(batch.lastSequence());
    }

    /** Leaves a full segment complete, index included, before the next one exists: opening then trusts it. */
    private SegmentWriter roll(SegmentWriter full, long nextSequence) throws IOException {
        if (!progress.awaitIndexed()) {
            throw new IOException("the index of " + full.segment().directory() + " could not be completed");
        }
        Directories.force(full.segment().index());
        full.close();
        full.trim();
        return begin(full.segment().number() + 1, nextSequence);
    }

    private void end(boolean inOrder) {
        try {
            boolean indexed = inOrder && progress.awaitIndexed();
            if (segment != null) {
                segment.close();
                if (indexed) {
                    segment.trim();
                }
            }
        } catch (IOException | RuntimeException failure) {
            onFailure.accept(failure);
        } finally {
            progress.end();
        }
    }
}
