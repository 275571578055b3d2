package io.zoomws.server.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How an export is compressed. */
enum Compression {
    /** Not at all. */
    none,
    /** As {@code gunzip} reads it. */
    gzip,
    /** As {@code unzstd} reads it: faster and smaller. */
    zstd;

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Puts compression in front of a stream.
     *
     * @param target stays open when the result is closed, and is flushed then
     */
    OutputStream over(OutputStream target) throws IOException {
        OutputStream kept = new KeptOpen(target);
        return new BufferedOutputStream(
                switch (this) {
                    case none -> kept;
                    case gzip -> new GZIPOutputStream(kept, BUFFER_BYTES);
                    case zstd -> new ZstdFrames(kept);
                },
                BUFFER_BYTES);
    }

    /** Ends with what was written, not with the stream. */
    private static final class KeptOpen extends FilterOutputStream {

        private KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
