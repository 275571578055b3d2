package io.zoomws.server.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapCategoryTest {

    /** The phrases are those of the connection's state machine and of the journal. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            restart | restart
            stopped | restart
            crash | crash
            closed by Zoom (1000 Bye) | closed
            closed by Zoom (without a code) | closed
            closed by Zoom (1000), again and again: another process may be using this subscription | rival
            connected in another place: another process uses this subscription | rival
            dropped without a close frame | dropped
            connection reset | dropped
            protocol violation: what came is no WebSocket frame of ours | dropped
            TLS failed: the other side does not accept what it is offered | dropped
            dead link: nothing came for 10.0 s after a heartbeat | dead_link
            two heartbeats in a row went unanswered | unanswered
            refused by Zoom: token or subscription | refused
            the journal takes no more | journal
            a frame could not be stored | journal
            renewal: asked for | renewal
            renewal: the connection before did not answer in time | renewal
            renewal: closed by Zoom (1000 Bye) | renewal
            renewal: dropped without a close frame | renewal
            failed: IllegalStateException | other
            something new | other
            """)
    void eachCauseHasOneOfFewCategories(String cause, String category) {
        assertThat(GapCategory.of(cause).label()).isEqualTo(category);
    }
}
