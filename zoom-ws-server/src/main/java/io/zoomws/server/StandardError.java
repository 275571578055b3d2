package io.zoomws.server;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Logs to standard error, but not through {@code System.err}: whoever waits there for a pipe that nobody reads holds its lock,
 * and libraries flush it where one would least expect it; one on the way to opening a journal.
 *
 * @param <E> what is logged
 */
public final class StandardError<E> extends OutputStreamAppender<E> {

    /** For the logging library, which names this class in its configuration. */
    public StandardError() {}

    @Override
    public void start() {
        setOutputStream(new Unclosed(new FileOutputStream(FileDescriptor.err)));
        super.start();
    }

    /** Standard error outlives the log: what the command says at its end goes there, too. */
    private static final class Unclosed extends OutputStream {
        private final FileOutputStream out;

        Unclosed(FileOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }
    }
}
