package io.zoomws.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void readsEveryForm() {
        assertThat(Position.parse("earliest")).isEqualTo(Position.EARLIEST);
        assertThat(Position.parse("latest")).isEqualTo(Position.LATEST);
        assertThat(Position.parse("41")).isEqualTo(new Position.Sequence(41));
        assertThat(Position.parse("2026-11-23T21:00:00+01:00"))
                .isEqualTo(new Position.Time(Instant.parse("2026-11-23T20:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "41", "2026-11-23T20:00:00.123456789Z"})
    void printsWhatItReads(String text) {
        assertThat(Position.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "99999999999999999999", "yesterday", "2026-11-23", "2026-11-23T20:00:00"})
    void saysWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no position: use earliest, latest, a sequence number from 1,"
                        + " or a time with offset such as 2026-11-23T20:00:00Z");
    }
}
