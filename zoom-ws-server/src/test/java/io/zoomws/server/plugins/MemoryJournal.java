package io.zoomws.server.plugins;

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
public final class MemoryJournal implements JournalReader, Cursors {

    private static final Instant TIME = Instant.parse("2026-11-23T20:00:00.123456789Z");

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> positions = new TreeMap<>();
    private final List<Long> saves = new ArrayList<>();
    private boolean readOnly;
    private long oldest = 1;
    private long brokenBefore;

    /** A frame that is an event. */
    public record Event(long sequence, String type, OptionalLong duplicateOf) implements ZoomEvent {
        Event(long sequence, String type) {
            this(sequence, type, OptionalLong.empty());
        }

        @Override
        public String id() {
            return "id-" + sequence;
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.empty();
        }

        @Override
        public String json() {
            return "{\"event\":\"" + type + "\"}";
        }

        @Override
        public Optional<String> text(String pointer) {
            return Optional.empty();
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
    public record Interval(long sequence) implements Gap {
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
            return new byte[0];
        }
    }

    /** Any other entry. */
    public record Other(long sequence, EntryKind kind, byte[] payload) implements Entry {
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
        return add(new Event(entries.size() + 1L, type, OptionalLong.of(first)));
    }

    synchronized MemoryJournal gap() {
        return add(new Interval(entries.size() + 1L));
    }

    synchronized MemoryJournal control() {
        return add(new Other(entries.size() + 1L, EntryKind.CONTROL, new byte[] {'{', '}'}));
    }

    private MemoryJournal add(Entry entry) {
        entries.add(entry);
        notifyAll();
        return this;
    }

    /** As retention does. */
    synchronized void removeBefore(long sequence) {
        oldest = sequence;
    }

    /** As retention does under a reader that has not got so far. */
    synchronized void breakTailers(long sequence) {
        oldest = sequence;
        brokenBefore = sequence;
    }

    /** From now on nothing can be saved. */
    synchronized void makeReadOnly(boolean now) {
        readOnly = now;
    }

    /** Everything that was ever saved. */
    synchronized List<Long> saves() {
        return List.copyOf(saves);
    }

    synchronized @Nullable Long saved(String cursor) {
        return positions.get(cursor);
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
        return position instanceof Position.Earliest ? oldest : entries.size() + 1L;
    }

    @Override
    public synchronized Tailer tail(long sequence) {
        return new MemoryTailer(Math.max(sequence, oldest));
    }

    @Override
    public Cursor open(String name) {
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
                if (position < brokenBefore) {
                    throw new JournalException("sequence " + position + " is gone");
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
        public void close() {}
    }
}
