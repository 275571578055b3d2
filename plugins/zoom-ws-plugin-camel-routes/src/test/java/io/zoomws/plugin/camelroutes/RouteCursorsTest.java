package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import io.zoomws.testkit.TestCursors;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteCursorsTest {

    private final TestCursors host = new TestCursors();
    private final Positions positions = new Positions();

    @Test
    void whatAnEndedVersionSavesHasNoEffectAndItsCursorIsFree() {
        RouteCursors ended = new RouteCursors(host, positions);
        Cursor old = ended.open("mails");
        old.save(7);
        ended.close();

        try (RouteCursors next = new RouteCursors(host, positions)) {
            next.open("mails").save(9);
            old.save(3);
            old.saveAtRest(3);
            old.close();
            assertThat(host.position("mails")).hasValue(9);
        }
        assertThatThrownBy(() -> ended.open("others"))
                .isInstanceOf(JournalException.class)
                .hasMessage("This version of the file has ended, and its cursors with it");
    }

    @Test
    void whoFollowsHoldsUpUntilItsPositionIsBehindTheEntry() throws InterruptedException {
        positions.follow(Set.of("mails"));
        positions.known();
        try (RouteCursors cursors = new RouteCursors(host, positions)) {
            Cursor cursor = cursors.open("mails");
            assertThat(positions.awaitPassed(1, Duration.ZERO)).isFalse();
            cursor.save(5);
            assertThat(positions.awaitPassed(4, Duration.ZERO)).isTrue();
            assertThat(positions.awaitPassed(5, Duration.ZERO)).isFalse();
            assertThat(positions.of("mails")).hasValue(5);
        }
        positions.forget(Set.of("mails"));
        assertThat(positions.awaitPassed(5, Duration.ZERO)).isTrue();
    }

    @Test
    void nothingHasPassedBeforeItIsKnownWhoFollows() throws InterruptedException {
        assertThat(positions.awaitPassed(1, Duration.ZERO)).isFalse();
    }
}
