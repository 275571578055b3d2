package io.zoomws.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The indexer thread's work: behind the writer, derive and write the index, and say so. What cannot be written is written
 * later: the entries are as durable as before, only nobody sees them yet.
 */
final class IndexerLoop implements Runnable {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Progress progress;
    private final Intake intake;
    private final Trouble trouble;
    private final Deriver deriver;
    private final long lastSequence;
    private final Consumer<Indexer.Damage> onDamage;
    private final Consumer<Throwable> onFailure;

    IndexerLoop(
            Progress progress,
            Intake intake,
            Trouble trouble,
            Deriver deriver,
            long lastSequence,
            Consumer<Indexer.Damage> onDamage,
            Consumer<Throwable> onFailure) {
        this.progress = progress;
        this.intake = intake;
        this.trouble = trouble;
        this.deriver = deriver;
        this.lastSequence = lastSequence;
        this.onDamage = onDamage;
        this.onFailure = onFailure;
    }

    /** Work that changes nothing if it fails, so that it can be done again. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public void run() {
        try {
            long done = lastSequence;
            Progress.Announced announced = progress.awaitAnnounced(done);
            while (announced != null) {
                Segment segment = announced.segment();
                try (Indexer indexer = untilDone(() -> new Indexer(segment, deriver))) {
                    while (announced != null && announced.segment().equals(segment)) {
                        done = follow(indexer, announced);
                        announced = progress.awaitAnnounced(done);
                    }
                    untilDone(() -> {
                        indexer.seal();
                        return segment;
                    });
                }
            }
        } catch (IOException | RuntimeException | Error failure) {
            onFailure.accept(failure);
            progress.end();
        }
    }

    private long follow(Indexer indexer, Progress.Announced announced) throws IOException {
        long done = untilDone(() -> {
            indexer.follow(announced);
            progress.indexed(announced.sequence());
            return announced.sequence();
        });
        indexer.takeLost().forEach(onDamage);
        return done;
    }

    private <T> T untilDone(Work<T> work) throws IOException {
        while (true) {
            try {
                T result = work.run();
                trouble.end(Trouble.Part.INDEX);
                return result;
            } catch (IOException failure) {
                trouble.begin(Trouble.Part.INDEX, "the index is behind: " + Problems.text(failure));
                if (intake.awaitClosed(PAUSE_NANOS)) {
                    throw failure;
                }
            }
        }
    }
}
