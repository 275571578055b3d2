package io.zoomws.server.delivery;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The cursors that a plugin opens by itself, each named {@code <instance>.<name>}: the name of an instance has no dot, so that no
 * cursor of one can be that of another. Closing takes them away from whichever thread of the plugin still has one. Methods may be
 * called by any thread.
 */
final class LentCursors implements Cursors, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Cursors host;
    private final String instance;
    private final List<FencedCursor> opened = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    LentCursors(Cursors host, String instance) {
        this.host = host;
        this.instance = instance;
    }

    @Override
    public synchronized Cursor open(String name) {
        if (closed) {
            throw new JournalException("The instance '" + instance + "' has ended, and its cursors with it");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name for a cursor: use letters, digits, dot, hyphen and underscore, beginning with a letter or"
                    + " digit");
        }
        FencedCursor cursor = new FencedCursor(host.open(instance + "." + name));
        opened.removeIf(FencedCursor::isFenced);
        opened.add(cursor);
        return cursor;
    }

    /** Lets go of all of them. A second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(FencedCursor::close);
        opened.clear();
    }
}
