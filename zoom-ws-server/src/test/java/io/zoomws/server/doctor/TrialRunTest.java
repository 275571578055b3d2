package io.zoomws.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.ReconnectCause;
import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.spi.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialRunTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Each look for an entry takes as long as it may. */
    private static final class FakeTrial implements Trial {

        private final Deque<Entry> entries = new ArrayDeque<>();
        private Map<ReconnectCause, Long> ends = Map.of();
        private long nanos;

        @Override
        public ConnectionStatus connection() {
            return new ConnectionStatus(
                    ConnectionState.READY,
                    NOW,
                    "confirmed",
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    ends);
        }

        @Override
        public @Nullable Entry next(Duration atMost) {
            nanos += atMost.toNanos();
            return entries.poll();
        }

        @Override
        public void close() {}
    }

    private final FakeTrial trial = new FakeTrial();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final TrialRun run = new TrialRun(trial, stop::get, () -> trial.nanos);

    @Test
    void whatDoesNotComeIsWaitedForUntilTheTimeIsUp() throws Exception {
        assertThat(run.await(seen -> false, LIMIT).waited()).isEqualTo(LIMIT);
    }

    @Test
    void whoHasHadEnoughWaitsNoLonger() throws Exception {
        stop.set(true);

        Observation seen = run.await(any -> false, LIMIT);

        assertThat(seen.stopped()).isTrue();
        assertThat(seen.waited()).isZero();
    }

    @Test
    void anEventThatIsJournaledAfterItsConnectionHasEndedHasCome() throws Exception {
        trial.ends = Map.of(ReconnectCause.DROPPED, 1L);
        trial.entries.add(new MemoryEntry.Event(1, "meeting.started"));

        assertThat(run.await(FirstEventCheck::isDecided, LIMIT).firstEvent()).contains("meeting.started");
    }

    @Test
    void anEventThatCameInAnEarlierStepHasCome() throws Exception {
        trial.entries.add(new MemoryEntry.Event(1, "meeting.started"));
        trial.entries.add(new MemoryEntry.Event(1, "meeting.ended"));
        run.await(seen -> true, LIMIT);

        assertThat(run.await(FirstEventCheck::isDecided, LIMIT).firstEvent()).contains("meeting.started");
    }

    @Test
    void aTypeThatIsNoneIsNotRepeated() throws Exception {
        trial.entries.add(new MemoryEntry.Event(1, "https://zoom.example/?access_token=canary"));

        assertThat(run.await(seen -> true, LIMIT).firstEvent()).contains("an event of a type of its own");
    }

    @Test
    void whatEndedBeforeAStepIsForgottenInIt() throws Exception {
        trial.ends = Map.of(ReconnectCause.REFUSED, 1L);
        assertThat(run.await(seen -> true, LIMIT).ended()).isTrue();

        run.forgetEnds();
        assertThat(run.await(seen -> true, LIMIT).ended()).isFalse();

        trial.ends = Map.of(ReconnectCause.REFUSED, 1L, ReconnectCause.KICKED, 1L);
        Observation seen = run.await(any -> true, LIMIT);
        assertThat(seen.ended(ReconnectCause.REFUSED)).isFalse();
        assertThat(seen.taken()).isTrue();
    }
}
