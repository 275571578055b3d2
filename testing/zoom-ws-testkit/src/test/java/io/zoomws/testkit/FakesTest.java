package io.zoomws.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.PluginMetrics;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakesTest {

    @Test
    void countersAndGaugesCanBeRead() {
        TestPluginMetrics metrics = new TestPluginMetrics();
        PluginMetrics.Counter sent = metrics.counter("mails_sent", "Mails.");
        sent.add(2);
        metrics.counter("mails_sent", "Mails.").add(3);
        metrics.gauge("queue_bytes", "Queue.").set(1.5);

        assertThat(metrics.counted("mails_sent")).isEqualTo(5);
        assertThat(metrics.gauged("queue_bytes")).isEqualTo(1.5);
        assertThatThrownBy(() -> sent.add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a counter only rises: it cannot be changed by -1");
        assertThatThrownBy(() -> metrics.counted("mails"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no counter 'mails', only [mails_sent]");
    }

    @Test
    void metricsAreRefusedAsByTheHost() {
        TestPluginMetrics metrics = new TestPluginMetrics();
        metrics.gauge("queue", "Queue.");

        assertThatThrownBy(() -> metrics.counter("queue", "Queue."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'queue' is taken by a metric of another kind");
        assertThatThrownBy(() -> metrics.counter("Mails-Sent", "Mails."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'Mails-Sent' is no name of a metric: use lower-case letters, digits and underscores, beginning with a"
                                + " letter, 60 at most, and not _total at its end");
        assertThatThrownBy(() -> metrics.counter("mails_total", "Mails."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'mails_total' is no name of a metric");
        for (int i = 1; i < 50; i++) {
            metrics.counter("c" + i, "One of many.");
        }
        metrics.counter("c1", "One of many.");
        assertThatThrownBy(() -> metrics.counter("c50", "One too many."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are 50 metrics already, and there cannot be more");
    }

    @Test
    void aCursorHasOneHolderAndItsPositionRemains() {
        TestCursors cursors = new TestCursors();
        Cursor mails = cursors.open("mails");
        mails.save(7);

        assertThatThrownBy(() -> cursors.open("mails"))
                .isInstanceOf(JournalException.class)
                .hasMessage("The cursor 'mails' is held by another consumer in this test");
        mails.close();
        mails.save(3);

        assertThat(cursors.position("mails")).hasValue(7);
        try (Cursor again = cursors.open("mails")) {
            assertThat(again.position()).hasValue(7);
        }
        assertThat(cursors.position("others")).isEmpty();
        assertThatThrownBy(() -> cursors.open("../mails"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'../mails' is no name for a cursor: use letters, digits, dot, hyphen and underscore, beginning"
                                + " with a letter or digit, at most 100");
    }

    @Test
    void aContextHasAnAbsoluteDirectory(@TempDir Path directory) {
        TestPluginContext context = TestPluginContext.in(directory);

        assertThat(context.directory()).isAbsolute().isDirectory();
        assertThat(context.instance()).isEqualTo("test");
        assertThat(context.subscription()).isEqualTo("main");
    }

    @Test
    void aJournalIsReadInOrderFromAnyPosition() throws Exception {
        TestJournal journal = new TestJournal();
        Instant late = Instant.parse("2026-01-01T12:00:00Z");
        journal.append(TestEvent.sample("meeting.started"));
        journal.append(TestGap.between(late, late));
        journal.append(TestEvent.sample("meeting.ended").withReceivedAt(late.plusSeconds(1)));

        assertThat(journal.resolve(Position.EARLIEST)).isEqualTo(1);
        assertThat(journal.resolve(Position.LATEST)).isEqualTo(4);
        assertThat(journal.resolve(new Position.Time(late))).isEqualTo(2);
        assertThat(journal.resolve(new Position.Time(late.plusSeconds(9)))).isEqualTo(4);
        try (Tailer tailer = journal.tail(2)) {
            assertThat(tailer.poll()).isEqualTo(journal.entry(2));
            assertThat(tailer.poll(Duration.ofDays(1))).hasToString("meeting.ended 3");
            assertThat(tailer.poll(Duration.ofDays(1))).isNull();
            assertThat(tailer.position()).isEqualTo(4);
        }
        try (Tailer tailer = journal.tail(1, Set.of(EntryKind.EVENT), EventFilter.of(List.of("*.ended")))) {
            assertThat(tailer.poll()).isNull();
            assertThat(tailer.poll()).isNull();
            assertThat(tailer.poll()).hasToString("meeting.ended 3");
        }
    }
}
