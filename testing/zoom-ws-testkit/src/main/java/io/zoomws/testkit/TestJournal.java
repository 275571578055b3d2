package io.zoomws.testkit;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory, for handlers that read one. It holds events and gaps, numbered from 1 as they are appended, and forgets
 * nothing. Nobody waits in a test: {@link Tailer#poll(Duration)} answers at once. Methods may be called by any thread.
 */
public final class TestJournal implements JournalReader {

    private final List<TestEntry> entries = new CopyOnWriteArrayList<>();

    /** Without an entry. */
    public TestJournal() {}

    /**
     * Appends an entry.
     *
     * @param entry whatever its sequence
     * @return the entry with its place in this journal
     */
    public synchronized TestEntry append(TestEntry entry) {
        TestEntry numbered = entry.withSequence(entries.size() + 1L);
        entries.add(numbered);
        return numbered;
    }

    /**
     * How many entries there are.
     *
     * @return the sequence of the newest, or 0
     */
    public int size() {
        return entries.size();
    }

    /**
     * An entry.
     *
     * @param sequence from 1 to {@link #size()}
     * @return the entry there
     * @throws IndexOutOfBoundsException if there is none
     */
    public TestEntry entry(long sequence) {
        return entries.get(Math.toIntExact(sequence - 1));
    }

    @Override
    public String subscription() {
        return "main";
    }

    @Override
    public long resolve(Position position) {
        if (position instanceof Position.Sequence sequence) {
            return sequence.number();
        }
        if (position instanceof Position.Earliest) {
            return 1;
        }
        if (position instanceof Position.Time time) {
            for (TestEntry entry : entries) {
                if (!entry.receivedAt().isBefore(time.instant())) {
                    return entry.sequence();
                }
            }
        }
        return entries.size() + 1L;
    }

    @Override
    public Tailer tail(long sequence) {
        return new Reading(sequence);
    }

    /** Does nothing. */
    @Override
    public void close() {}

    private final class Reading implements Tailer {
        private long position;

        Reading(long position) {
            this.position = position;
        }

        @Override
        public @Nullable Entry poll() {
            return position > entries.size() ? null : entry(position++);
        }

        @Override
        public @Nullable Entry poll(Duration timeout) {
            return poll();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }
}
