package io.zoomws.journal;

import java.io.IOException;
import java.util.function.Consumer;

/** The indexer thread's work: behind the writer, derive and write the index, and say so. */
final class IndexerLoop implements Runnable {

    private final Progress progress;
    private final Deriver deriver;
    private final long lastSequence;
    private final Consumer<Throwable> onFailure;

    IndexerLoop(Progress progress, Deriver deriver, long lastSequence, Consumer<Throwable> onFailure) {
        this.progress = progress;
        this.deriver = deriver;
        this.lastSequence = lastSequence;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        try {
            long done = lastSequence;
            Progress.Written written = progress.awaitWritten(done);
            while (written != null) {
                Segment segment = written.segment();
                try (Indexer indexer = new Indexer(segment, deriver)) {
                    while (written != null && written.segment().equals(segment)) {
                        indexer.follow(written);
                        done = written.sequence();
                        progress.indexed(done);
                        written = progress.awaitWritten(done);
                    }
                    indexer.seal();
                }
            }
        } catch (IOException | RuntimeException | Error failure) {
            onFailure.accept(failure);
            progress.end();
        }
    }
}
