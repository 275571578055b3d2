package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread's work: take a batch, store it, say so. All of Chronicle happens here.
 *
 * <p>A batch that could not be stored stays in memory and is stored again, into another file: once at once, then again and again
 * with pauses, while whoever brings the frames is told to stop. Only the first batch of a run gives up at once: there
 * somebody waits for the journal to open.
 */
final class WriterLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WriterLoop.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A pause in reading that is worth an entry. */
    private static final Duration NOTED_PAUSE = Duration.ofSeconds(1);

    private final SegmentChain segments;
    private final Intake intake;
    private final Progress progress;
    private final Trouble trouble;
    private final SpaceGuard space;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private final Consumer<Throwable> onFailure;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    WriterLoop(
            SegmentChain segments,
            Intake intake,
            Progress progress,
            Trouble trouble,
            SpaceGuard space,
            InstantSource clock,
            Consumer<String> notes,
            Consumer<Throwable> onFailure) {
        this.segments = segments;
        this.intake = intake;
        this.progress = progress;
        this.trouble = trouble;
        this.space = space;
        this.clock = clock;
        this.notes = notes;
        this.onFailure = onFailure;
    }

    /** Completes when the first batch is announced. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    @Override
    public void run() {
        boolean inOrder = false;
        try {
            while (!intake.isDone()) {
                Batch batch = intake.take(untilDutyNanos());
                if (batch != null) {
                    store(batch);
                    space.written(batch.end());
                    release(batch);
                    opened.complete(null);
                }
                duties();
            }
            inOrder = true;
        } catch (Throwable failure) {
            // InternalError is how a store into a mapping of a full disk shows; and a thread that dies unnoticed is
            // worse
            // than any error told.
            onFailure.accept(failure);
            opened.completeExceptionally(failure);
        } finally {
            end(inOrder);
        }
    }

    private long untilDutyNanos() {
        long now = System.nanoTime();
        return Math.min(space.untilDueNanos(now), segments.untilBarrierNanos(now));
    }

    private void duties() {
        long now = System.nanoTime();
        if (segments.untilBarrierNanos(now) == 0) {
            segments.barrier();
        }
        if (space.untilDueNanos(now) == 0) {
            space.look(now);
        }
    }

    private void store(Batch batch) throws IOException {
        long first = segments.announced() + 1;
        Instant since = null;
        for (int failures = 0; ; failures++) {
            Throwable failure = tryToStore(batch);
            if (failure == null) {
                if (since != null) {
                    trouble.end(Trouble.Part.WRITING);
                    note(
                            "storing failed",
                            since,
                            "\"fromSequence\":" + first + ",\"toSequence\":" + batch.lastSequence());
                }
                return;
            }
            if (!opened.isDone()) {
                throw new IOException(Problems.text(failure), failure);
            }
            if (since == null) {
                since = clock.instant();
                log.error("Sequences from {} on could not be stored and are stored again", first, failure);
            } else {
                trouble.begin(Trouble.Part.WRITING, Problems.text(failure));
                if (intake.awaitClosed(pauseNanos(failures))) {
                    throw new IOException(Problems.text(failure), failure);
                }
            }
        }
    }

    /** Null if it is stored. What fails may be anything: Chronicle and a fault in a mapping know no {@link IOException}. */
    private @Nullable Throwable tryToStore(Batch batch) {
        try {
            segments.store(batch);
            return null;
        } catch (IOException | RuntimeException | Error failure) {
            segments.abandon();
            return failure;
        }
    }

    private long pauseNanos(int failures) {
        return Math.min(FIRST_PAUSE_NANOS << Math.min(failures - 1, 10), LONGEST_PAUSE_NANOS);
    }

    private void release(Batch batch) {
        Duration paused = intake.release(batch);
        if (paused.compareTo(NOTED_PAUSE) >= 0) {
            note("reading paused", clock.instant().minus(paused), "\"cause\":\"the disk was slower than what came\"");
        }
    }

    private void note(String what, Instant since, String fields) {
        Instant now = clock.instant();
        log.warn("{} from {} to {}", what, since, now);
        tryToNote(() -> notes.accept(
                "{\"note\":\"" + what + "\",\"from\":\"" + since + "\",\"to\":\"" + now + "\"," + fields + "}"));
    }

    /** A journal that is being closed takes no more notes. */
    static void tryToNote(Runnable note) {
        try {
            note.run();
        } catch (JournalException e) {
            log.warn("That is not journaled: {}", e.getMessage());
        }
    }

    private void end(boolean inOrder) {
        try {
            segments.end(inOrder);
        } catch (IOException | RuntimeException failure) {
            onFailure.accept(failure);
        } finally {
            progress.end();
        }
    }
}
