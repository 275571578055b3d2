package io.zoomws.testkit;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Cursors in memory, for handlers that read a {@link TestJournal} by themselves. Their names are as given: no instance's is put
 * before them. Positions remain when cursors are closed, so that a second handler goes on where the first one stood. Methods may
 * be called by any thread.
 */
public final class TestCursors implements Cursors {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    private final Set<String> held = new HashSet<>(); // guarded by this

    /** Without a position. */
    public TestCursors() {}

    /**
     * Where a cursor stands.
     *
     * @param name of the cursor
     * @return the sequence of the next entry to be handled; empty if none was ever saved
     */
    public OptionalLong position(String name) {
        Long position = positions.get(name);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public synchronized Cursor open(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name for a cursor: use letters, digits, dot, hyphen and underscore, beginning with a letter or"
                    + " digit, at most 100");
        }
        if (!held.add(name)) {
            throw new JournalException("The cursor '" + name + "' is held by another consumer in this test");
        }
        return new TestCursor(name);
    }

    private synchronized void release(String name) {
        held.remove(name);
    }

    /** One thread at a time. */
    private final class TestCursor implements Cursor {

        private final String name;
        private boolean closed;

        private TestCursor(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public OptionalLong position() {
            return TestCursors.this.position(name);
        }

        @Override
        public void save(long sequence) {
            if (sequence < 1) {
                throw new IllegalArgumentException("A sequence number is 1 or more, not " + sequence);
            }
            if (!closed) {
                positions.put(name, sequence);
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(name);
            }
        }
    }
}
