package io.zoomws.server.cli;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses with Zstandard, a megabyte to a frame, with checksums; frames behind each other are a Zstandard file, too. Not the
 * stream of the library: of journals it makes files six times as large (2.0.3, measured). One thread.
 */
final class ZstdFrames extends FilterOutputStream {

    private static final int FRAME_BYTES = 1 << 20;

    private final ZstdCompressor compressor = new ZstdCompressor();
    private final byte[] plain = new byte[FRAME_BYTES];
    private final byte[] frame = new byte[compressor.maxCompressedLength(FRAME_BYTES)];
    private int filled;
    private boolean closed;

    ZstdFrames(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int fits = Math.min(length - done, FRAME_BYTES - filled);
            System.arraycopy(bytes, offset + done, plain, filled, fits);
            filled += fits;
            done += fits;
            if (filled == FRAME_BYTES) {
                writeFrame();
            }
        }
    }

    /** Hands on whole frames only: small ones would cost more than they are worth. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void writeFrame() throws IOException {
        out.write(frame, 0, compressor.compress(plain, 0, filled, frame, 0, frame.length));
        filled = 0;
    }

    /** The last frame may be an empty one, since a file of no bytes is none of Zstandard's. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (OutputStream closing = out) {
                writeFrame();
                closing.flush();
            }
        }
    }
}
