package io.zoomws.feed;

import io.zoomws.core.FrameSink;
import io.zoomws.core.FrameType;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Counts the frames that another sink takes. Called by the event loop; asked by any thread. */
final class FrameCounter implements FrameSink {

    private final FrameSink sink;
    private final LongAdder text = new LongAdder();
    private final LongAdder binary = new LongAdder();
    private final LongAdder tooLong = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    FrameCounter(FrameSink sink) {
        this.sink = sink;
    }

    @Override
    public boolean accept(
            FrameType type, long connection, long receivedAtNanos, long provenAtNanos, ByteBuffer payload) {
        int length = payload.remaining();
        boolean goOn = sink.accept(type, connection, receivedAtNanos, provenAtNanos, payload);
        bytes.add(length);
        switch (type) {
            case TEXT -> text.increment();
            case BINARY -> binary.increment();
            case TOO_LONG -> tooLong.increment();
        }
        return goOn;
    }

    FrameCounts counts() {
        return new FrameCounts(text.sum(), binary.sum(), tooLong.sum(), bytes.sum());
    }
}
