package io.zoomws.server.cli;

import java.io.IOException;
import java.io.OutputStream;

/** The formats of {@code journal cat}. */
enum EntryFormat {
    /** For people. */
    text,
    /** One JSON object a line. */
    json,
    /** The bytes of frames. */
    raw;

    EntryPrinter printer(OutputStream out) throws IOException {
        return switch (this) {
            case text -> new EntryText(out);
            case json -> new EntryJsonLines(out);
            case raw -> new EntryRaw(out);
        };
    }
}
