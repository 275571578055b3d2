package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A journal and its cursors in memory. */
final class MemoryJournal implements JournalReader, Cursors {

    private static final Instant TIME = Instant.parse("2026-11-23T20:00:00.123456789Z");

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> positions = new TreeMap<>();
    private final List<Long> saves = new ArrayList<>();
    private boolean readOnly;
    private boolean unreadable;
    private int openCursors;

    /** A frame that is an event. */
    record Event(long sequence, String type, OptionalLong duplicateOf, Optional<Instant> occurredAt)
            implements ZoomEvent {
        Event(long sequence, String type) {
            this(sequence, type, OptionalLong.empty(), Optional.of(TIME.minusSeconds(1)));
        }

        @Override
        public String id() {
            return "id-" + sequence;
        }

        @Override
        public String json() {
            return "{\"event\":\"" + type + "\",\"n\":" + sequence + "}";
        }

        @Override
        public Optional<String> text(String pointer) {
            return pointer.equals("/payload/account_id") ? Optional.of("A1") : Optional.empty();
        }

        @Override
        public EntryKind kind() {
            return EntryKind.EVENT;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return TIME;
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return json().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** An interval without a connection. */
    record Interval(long sequence) implements Gap {
        @Override
        public Instant from() {
            return TIME;
        }

        @Override
        public Instant to() {
            return TIME.plusSeconds(1);
        }

        @Override
        public String cause() {
            return "test";
        }

        @Override
        public EntryKind kind() {
            return EntryKind.GAP;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return TIME;
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return "{\"cause\":\"test\"}".getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Any other entry. */
    record Other(long sequence, EntryKind kind, byte[] payload) implements Entry {
        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return TIME;
        }

        @Override
        public long connection() {
            return 1;
        }
    }

    synchronized MemoryJournal event(String type) {
        return add(new Event(entries.size() + 1L, type));
    }

    synchronized MemoryJournal duplicate(String type, long first) {
        return add(new Event(entries.size() + 1L, type, OptionalLong.of(first), Optional.of(TIME.minusSeconds(1))));
    }

    synchronized MemoryJournal gap() {
        return add(new Interval(entries.size() + 1L));
    }

    synchronized MemoryJournal control() {
        return add(new Other(entries.size() + 1L, EntryKind.CONTROL, new byte[] {'{', '}'}));
    }

    synchronized MemoryJournal add(Entry entry) {
        entries.add(entry);
        notifyAll();
        return this;
    }

    /** From now on nothing can be saved. */
    synchronized void makeReadOnly(boolean now) {
        readOnly = now;
    }

    /** From now on nothing can be read. */
    synchronized void makeUnreadable(boolean now) {
        unreadable = now;
    }

    /** Everything that was ever saved. */
    synchronized List<Long> saves() {
        return List.copyOf(saves);
    }

    synchronized @Nullable Long saved(String cursor) {
        return positions.get(cursor);
    }

    /** Waits until a cursor stands at a position. */
    synchronized void awaitSaved(String cursor, long position) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Long.valueOf(position).equals(positions.get(cursor))) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("cursor at " + positions.get(cursor) + ", not at " + position);
            }
            wait(left);
        }
    }

    @Override
    public String subscription() {
        return "main";
    }

    @Override
    public synchronized long resolve(Position position) {
        if (position instanceof Position.Sequence sequence) {
            return sequence.number();
        }
        return position instanceof Position.Earliest ? 1 : entries.size() + 1L;
    }

    @Override
    public Tailer tail(long sequence) {
        return new MemoryTailer(sequence);
    }

    /** How many cursors are held. */
    synchronized int openCursors() {
        return openCursors;
    }

    @Override
    public synchronized Cursor open(String name) {
        openCursors++;
        return new MemoryCursor(name);
    }

    @Override
    public void close() {}

    private final class MemoryTailer implements Tailer {
        private long position;

        MemoryTailer(long position) {
            this.position = position;
        }

        @Override
        public @Nullable Entry poll() {
            synchronized (MemoryJournal.this) {
                if (unreadable) {
                    throw new JournalException("the disk has gone");
                }
                return position > entries.size() ? null : entries.get((int) position++ - 1);
            }
        }

        @Override
        public @Nullable Entry poll(Duration timeout) throws InterruptedException {
            synchronized (MemoryJournal.this) {
                if (position > entries.size()) {
                    TimeUnit.MILLISECONDS.timedWait(MemoryJournal.this, timeout.toMillis());
                }
                return poll();
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }

    private final class MemoryCursor implements Cursor {
        private final String name;
        private boolean closed; // guarded by the journal

        MemoryCursor(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public OptionalLong position() {
            synchronized (MemoryJournal.this) {
                Long position = positions.get(name);
                return position == null ? OptionalLong.empty() : OptionalLong.of(position);
            }
        }

        @Override
        public void save(long sequence) {
            synchronized (MemoryJournal.this) {
                if (readOnly) {
                    throw new JournalException("the disk is full");
                }
                positions.put(name, sequence);
                saves.add(sequence);
                MemoryJournal.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryJournal.this) {
                openCursors -= closed ? 0 : 1;
                closed = true;
            }
        }
    }
}
