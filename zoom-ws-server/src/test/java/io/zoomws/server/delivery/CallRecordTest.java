package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallRecordTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CallRecord calls = new CallRecord(() -> now);

    @Test
    void aCallIsKnownWhileItLasts() {
        assertThat(calls.busySince()).isEmpty();

        calls.about(7);
        calls.entered();
        now = now.plusSeconds(5);
        assertThat(calls.busySince()).contains(now.minusSeconds(5));
        assertThat(calls.sequence()).hasValue(7);

        calls.left();
        assertThat(calls.busySince()).isEmpty();
        assertThat(calls.sequence()).isEmpty();
    }

    @Test
    void aCallThatIsAboutNoEntryHasNoSequence() {
        calls.about(7);
        calls.settled();
        calls.entered();

        assertThat(calls.busySince()).contains(now);
        assertThat(calls.sequence()).isEmpty();
    }

    @Test
    void failuresOfOneEntryAreCountedSinceTheFirstUntilItIsSettled() {
        Instant first = now;
        calls.about(7);
        calls.failed(new IllegalStateException("secret"));
        now = now.plus(Duration.ofMinutes(1));
        calls.about(7);
        calls.failed(new IllegalArgumentException("secret"));

        assertThat(calls.retry()).hasValueSatisfying(retry -> assertThat(retry)
                .returns(7L, Activity.Retry::sequence)
                .returns(first, Activity.Retry::since)
                .returns(2, Activity.Retry::attempts)
                .satisfies(told -> assertThat(told.failure())
                        .startsWith("java.lang.IllegalArgumentException")
                        .doesNotContain("secret")));
        calls.settled();
        assertThat(calls.retry()).isEmpty();
    }

    @Test
    void anotherEntryBeginsAnew() {
        calls.about(7);
        calls.failed(new IllegalStateException());
        calls.about(8);

        assertThat(calls.retry()).isEmpty();
    }
}
