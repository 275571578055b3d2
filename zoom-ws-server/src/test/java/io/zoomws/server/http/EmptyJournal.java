package io.zoomws.server.http;

import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A journal in which there is nothing, and to which nothing comes. */
record EmptyJournal(String subscription) implements JournalReader {

    @Override
    public long resolve(Position position) {
        return position instanceof Position.Sequence sequence ? sequence.number() : 1;
    }

    @Override
    public Tailer tail(long sequence) {
        return new Tailer() {
            @Override
            public @Nullable Entry poll() {
                return null;
            }

            @Override
            public @Nullable Entry poll(Duration timeout) throws InterruptedException {
                new StopRequest().await(timeout);
                return null;
            }

            @Override
            public long position() {
                return sequence;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
