package io.zoomws.server.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What goes to a reader that may stop reading: the library waits for one without end when its request has none. So it is known
 * since when a write has waited, and whoever sweeps cuts the connection, which ends the write.
 */
final class WatchedOutput extends OutputStream {

    private final OutputStream out;
    private final Waiting<Runnable> writing;
    private final Runnable cut;

    /**
     * Nothing is being written yet.
     *
     * @param writing gives up what waits by running it
     * @param cut ends the connection
     */
    WatchedOutput(OutputStream out, Waiting<Runnable> writing, Runnable cut) {
        this.out = out;
        this.writing = writing;
        this.cut = cut;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.add(cut);
        try {
            out.write(bytes, offset, length);
        } finally {
            writing.remove(cut);
        }
    }

    @Override
    public void flush() throws IOException {
        writing.add(cut);
        try {
            out.flush();
        } finally {
            writing.remove(cut);
        }
    }
}
