package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacedTailerTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration QUARTER = Duration.ofMillis(250);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Duration> told = new ArrayList<>();
    private long nanos;
    private boolean stopped;

    /** Lets time pass instead of waiting. */
    private final class PassingTime extends StopSignal {
        @Override
        boolean pause(Duration duration) {
            pauses.add(duration);
            nanos += duration.toNanos();
            return stopped;
        }
    }

    private record Received(long sequence, Instant receivedAt) implements Entry {
        @Override
        public EntryKind kind() {
            return EntryKind.CONTROL;
        }

        @Override
        public String subscription() {
            return "main";
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

    /** Entries at these milliseconds. */
    private static Tailer at(long... millis) {
        return new Tailer() {
            private int next;

            @Override
            public @Nullable Entry poll() {
                return next == millis.length ? null : new Received(next + 1L, FIRST.plusMillis(millis[next++]));
            }

            @Override
            public @Nullable Entry poll(Duration timeout) {
                return poll();
            }

            @Override
            public long position() {
                return next + 1L;
            }

            @Override
            public void close() {
                next = millis.length;
            }
        };
    }

    private PacedTailer paced(Tailer all) {
        return new PacedTailer(all, new Pace(Speed.parse("1x"), () -> nanos), new PassingTime(), told::add);
    }

    @Test
    void anEntryThatIsNotDueIsLikeTheEndOfTheJournalUntilItIs() throws Exception {
        PacedTailer tailer = paced(at(0, 600, 600));

        assertThat(sequence(tailer.poll())).isEqualTo(1);
        assertThat(tailer.poll()).isNull();
        assertThat(tailer.position()).isEqualTo(2);
        assertThat(tailer.poll(QUARTER)).isNull();
        assertThat(tailer.poll(QUARTER)).isNull();
        assertThat(tailer.position()).isEqualTo(2);
        assertThat(sequence(tailer.poll(QUARTER))).isEqualTo(2);
        assertThat(tailer.position()).isEqualTo(3);
        assertThat(sequence(tailer.poll())).as("received at the same moment").isEqualTo(3);
        assertThat(tailer.poll(QUARTER)).isNull();

        assertThat(pauses).containsExactly(QUARTER, QUARTER, Duration.ofMillis(100));
        assertThat(told).containsExactly(Duration.ofMillis(600), Duration.ofMillis(350), Duration.ofMillis(100));
    }

    @Test
    void whatIsDueWithinAMillisecondIsDue() {
        PacedTailer tailer =
                new PacedTailer(at(0, 5), new Pace(Speed.parse("10x"), () -> nanos), new PassingTime(), told::add);

        assertThat(sequence(tailer.poll())).isEqualTo(1);
        assertThat(sequence(tailer.poll())).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anEntryThatIsWaitedForIsNotGivenToWhoStops() throws Exception {
        PacedTailer tailer = paced(at(0, 100));
        tailer.poll();
        stopped = true;

        assertThat(tailer.poll(QUARTER)).isNull();
        assertThat(tailer.position()).isEqualTo(2);
    }

    private static long sequence(@Nullable Entry entry) {
        assertThat(entry).isNotNull();
        return entry.sequence();
    }
}
