package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import java.io.IOException;
import java.io.OutputStream;

/** The formats of {@code journal export}. */
enum ExportFormat {
    /** As {@code journal cat --format json}. */
    json,
    /** As {@code journal cat --format raw}. */
    raw,
    /** CloudEvents 1.0, one a line. */
    cloudevents;

    /** Whether an entry can be told in this format. */
    boolean holds(Entry entry) {
        return switch (this) {
            case json -> true;
            case raw -> EntryRaw.holds(entry);
            case cloudevents -> entry.kind() == EntryKind.EVENT;
        };
    }

    EntryPrinter printer(OutputStream out) throws IOException {
        return switch (this) {
            case json -> new EntryJsonLines(out);
            case raw -> new EntryRaw(out);
            case cloudevents -> new CloudEventLines(out);
        };
    }
}
