package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The host's cursors for one version of one file. When that has ended they are let go of, whether or not an exchange still goes on:
 * the next version delivers what was not done again, and what the old one saves late has no effect.
 */
final class RouteCursors implements Cursors, AutoCloseable {

    private final Cursors host;
    private final Positions positions;
    private final List<Watched> opened = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    RouteCursors(Cursors host, Positions positions) {
        this.host = host;
        this.positions = positions;
    }

    @Override
    public synchronized Cursor open(String name) {
        if (closed) {
            throw new JournalException("This version of the file has ended, and its cursors with it");
        }
        Watched cursor = new Watched(name, host.open(name));
        opened.add(cursor);
        return cursor;
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(Watched::close);
        opened.clear();
    }

    private final class Watched implements Cursor {

        private final String route;
        private final Cursor cursor; // guarded by this, as it serves one thread at a time
        private boolean ended; // guarded by this

        private Watched(String route, Cursor cursor) {
            this.route = route;
            this.cursor = cursor;
            cursor.position().ifPresent(next -> positions.saved(route, next));
        }

        @Override
        public String name() {
            return cursor.name();
        }

        @Override
        public synchronized OptionalLong position() {
            return cursor.position();
        }

        @Override
        public synchronized boolean isAtRest() {
            return cursor.isAtRest();
        }

        @Override
        public synchronized void save(long sequence) {
            if (!ended) {
                cursor.save(sequence);
                positions.saved(route, sequence);
            }
        }

        @Override
        public synchronized void saveAtRest(long sequence) {
            if (!ended) {
                cursor.saveAtRest(sequence);
                positions.saved(route, sequence);
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                cursor.close();
            }
        }
    }
}
