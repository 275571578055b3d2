package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private final AtomicLong now = new AtomicLong(-5); // a clock that counts from anywhere
    private final List<String> givenUp = new ArrayList<>();
    private final Waiting<String> waiting = new Waiting<>(now::get, 10, givenUp::add);

    @Test
    void whoWaitsForTooLongIsGivenUp() {
        waiting.add("early");
        pass(1);
        waiting.add("late");
        pass(9);

        assertThat(givenUp).containsExactly("early");
    }

    @Test
    void whoIsBusyMayTakeAsLongAsHeLikesAndWaitsFromTheBeginningAgain() {
        waiting.add("one");
        waiting.busy("one");
        pass(100);
        assertThat(givenUp).isEmpty();

        waiting.idle("one");
        pass(9);
        assertThat(givenUp).isEmpty();
        pass(1);
        assertThat(givenUp).containsExactly("one");
    }

    @Test
    void whoHasGoneDoesNotComeBack() {
        waiting.add("one");
        waiting.remove("one");
        waiting.idle("one");
        waiting.busy("other");
        waiting.idle("other");
        pass(100);

        assertThat(givenUp).isEmpty();
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
        waiting.sweep();
    }
}
