package io.zoomws.plugin.console;

import io.zoomws.spi.RetryLater;
import java.io.Serial;

/** Whoever read our lines may have closed the pipe. A class of its own, since its name is what the host logs. */
final class StandardOutputNotWritable extends RetryLater {

    @Serial
    private static final long serialVersionUID = 1;

    StandardOutputNotWritable() {
        super("standard output cannot be written: was the reader at the other end of the pipe closed?");
    }
}
