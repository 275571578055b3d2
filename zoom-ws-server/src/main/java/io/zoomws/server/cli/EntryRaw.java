package io.zoomws.server.cli;

import io.zoomws.journal.OverLongFrame;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Prints the bytes of frames exactly as they were received, one a line. A frame that holds a line feed, or begins with 0x1e,
 * is printed as 0x1e, its length in decimal digits, a line feed, its bytes, a line feed:
 *
 * <pre>
 *   {"module":"heartbeat","success":true,"content":"live","header":{}} LF
 *   0x1e 1 5 LF &lt;15 bytes> LF
 * </pre>
 *
 * Entries that are no frames are left out, and so are over-long frames, whose bytes the journal does not keep.
 */
final class EntryRaw implements EntryPrinter {

    private static final byte RECORD_SEPARATOR = 0x1e;

    private final OutputStream out;

    EntryRaw(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(Entry entry) throws IOException {
        if (!holds(entry)) {
            return;
        }
        byte[] frame = entry.payload();
        if (needsLength(frame)) {
            out.write(RECORD_SEPARATOR);
            out.write(Integer.toString(frame.length).getBytes(StandardCharsets.US_ASCII));
            out.write('\n');
        }
        out.write(frame);
        out.write('\n');
    }

    @Override
    public void printOpenGap(String subscription, Instant from, String cause) {
        // No frame.
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Whether there are bytes of a frame to print. */
    static boolean holds(Entry entry) {
        EntryKind kind = entry.kind();
        boolean frame = kind == EntryKind.EVENT || kind == EntryKind.CONTROL || kind == EntryKind.UNREADABLE;
        return frame && !EntryPrinter.isNote(entry) && !(entry instanceof OverLongFrame);
    }

    private static boolean needsLength(byte[] frame) {
        if (frame.length > 0 && frame[0] == RECORD_SEPARATOR) {
            return true;
        }
        for (byte b : frame) {
            if (b == '\n') {
                return true;
            }
        }
        return false;
    }
}
