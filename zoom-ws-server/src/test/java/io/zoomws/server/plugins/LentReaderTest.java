package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LentReaderTest {

    private final MemoryJournal journal = new MemoryJournal().event("a.b").event("c.d");
    private final List<Long> closedTailers = new ArrayList<>();
    private boolean hostIsClosed;
    private final LentReader lent = new LentReader(new Host());

    @Test
    void itReadsWhatTheHostReads() {
        assertThat(lent.subscription()).isEqualTo("main");
        assertThat(lent.resolve(Position.LATEST)).isEqualTo(3);
        try (Tailer tailer = lent.tail(1)) {
            assertThat(tailer.poll()).extracting(Entry::sequence).isEqualTo(1L);
            assertThat(tailer.position()).isEqualTo(2);
        }
        try (Tailer tailer = lent.tail(1, Set.of(EntryKind.EVENT), EventFilter.of(List.of("c.*")))) {
            assertThat(tailer.poll()).isNull();
            assertThat(tailer.poll()).extracting(Entry::sequence).isEqualTo(2L);
        }
    }

    @Test
    void closingItClosesWhatWasLeftOpenAndNotTheHostsReader() {
        lent.tail(1);
        Tailer closed = lent.tail(2);
        closed.close();
        assertThat(closedTailers).containsExactly(2L);

        lent.close();
        lent.close();

        assertThat(closedTailers).containsExactly(2L, 1L);
        assertThat(hostIsClosed).isFalse();
        assertThatThrownBy(() -> lent.tail(1))
                .isInstanceOf(JournalException.class)
                .hasMessage("This reader of 'main' is closed");
        assertThatThrownBy(() -> lent.resolve(Position.LATEST))
                .isInstanceOf(JournalException.class)
                .hasMessage("This reader of 'main' is closed");
    }

    /** The journal in memory, with an eye on what is closed. */
    private final class Host implements JournalReader {
        @Override
        public String subscription() {
            return journal.subscription();
        }

        @Override
        public long resolve(Position position) {
            return journal.resolve(position);
        }

        @Override
        public Tailer tail(long sequence) {
            Tailer tailer = journal.tail(sequence);
            return new Tailer() {
                @Override
                public Entry poll() {
                    return tailer.poll();
                }

                @Override
                public Entry poll(Duration timeout) throws InterruptedException {
                    return tailer.poll(timeout);
                }

                @Override
                public long position() {
                    return tailer.position();
                }

                @Override
                public void close() {
                    closedTailers.add(sequence);
                }
            };
        }

        @Override
        public void close() {
            hostIsClosed = true;
        }
    }
}
