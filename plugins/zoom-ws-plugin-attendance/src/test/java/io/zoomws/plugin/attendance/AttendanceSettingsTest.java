package io.zoomws.plugin.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttendanceSettingsTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(new AttendanceSettings(Optional.empty(), Optional.empty(), new Secret("")).isPostgresql())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db/zoom", "JDBC:PostgreSQL://db/zoom?ssl=true"})
    void postgresqlIsKnownByItsUrl(String url) {
        assertThat(of(url).isPostgresql()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/zoom", "postgres://db/zoom", "", "hunter2"})
    void anyOtherDatabaseIsRefusedWithoutRepeatingTheUrl(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "url begins with neither jdbc:postgresql: nor jdbc:h2:, and the plugin has drivers for these"
                                + " only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/zoom?user=zoom&password=hunter2",
                "jdbc:postgresql://zoom:hunter2@db/zoom",
                "jdbc:h2:file:/x;PASSWORD=hunter2",
                "postgres://zoom:hunter2@db/zoom"
            })
    void aPasswordInTheUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url holds a password, and so would every place that shows it: leave it out there and set"
                        + " password or password-file");
    }

    @Test
    void h2IsNotToOpenAPort() {
        assertThatThrownBy(() -> of("jdbc:h2:file:/x;AUTO_SERVER=TRUE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url has AUTO_SERVER=TRUE, with which H2 opens a port: leave it out");
    }

    @Test
    void aLoginWithoutADatabaseIsRefused() {
        assertThatThrownBy(() -> new AttendanceSettings(Optional.empty(), Optional.of("zoom"), new Secret("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "user and password are for a database of its own: set url as well, or leave them out for the"
                                + " embedded one");
    }

    @Test
    void thePasswordDoesNotShowItself() {
        assertThat(new AttendanceSettings(
                                Optional.of("jdbc:postgresql://db/zoom"), Optional.of("zoom"), new Secret("hunter2"))
                        .toString())
                .doesNotContain("hunter2");
    }

    private static AttendanceSettings of(String url) {
        return new AttendanceSettings(Optional.of(url), Optional.empty(), new Secret(""));
    }
}
