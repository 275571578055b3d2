package io.zoomws.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSettingsTest {

    @Test
    void ofOurOwnEverythingMayBeToldAndOfLibrariesLess() {
        assertThat(LogSettings.Logger.parse("io.zoomws = trace"))
                .isEqualTo(new LogSettings.Logger("io.zoomws", LogSettings.Level.TRACE));
        assertThat(LogSettings.Logger.parse("io.netty=INFO").level()).isEqualTo(LogSettings.Level.INFO);
        assertThat(LogSettings.Logger.parse("root=WARN").level()).isEqualTo(LogSettings.Level.WARN);
        assertThat(LogSettings.Logger.parse("com.example.plugin=DEBUG").level()).isEqualTo(LogSettings.Level.DEBUG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty=DEBUG",
                "io.netty.handler.codec.http=TRACE",
                "io=DEBUG",
                "root=DEBUG",
                "ROOT=TRACE",
                "jdk.httpclient.HttpClient=DEBUG",
                "org.eclipse=DEBUG",
                "org=TRACE"
            })
    void whatCouldPrintAnAddressWithATokenIsRefused(String text) {
        assertThatThrownBy(() -> LogSettings.Logger.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' could print addresses with tokens in them: "
                        + text.substring(0, text.indexOf('=')) + " must not be below INFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.camel=ERROR", "org.apache.camel.processor.errorhandler=WARN"})
    void whatCouldPrintAnEventIsRefused(String text) {
        assertThatThrownBy(() -> LogSettings.Logger.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text + "' could print events: org.apache.camel stays OFF; camel-routes tells what fails");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.zoomws", "=INFO", "io..zoomws=INFO", "io zoomws=INFO"})
    void whatIsNoLoggerWithItsLevelIsRefused(String text) {
        assertThatThrownBy(() -> LogSettings.Logger.parse(text))
                .hasMessage("'" + text + "' is no logger with its level: write it like io.zoomws=DEBUG");
    }

    @Test
    void whatIsNoLevelIsRefused() {
        assertThatThrownBy(() -> LogSettings.Logger.parse("io.zoomws=LOUD"))
                .hasMessage("'LOUD' is no level: OFF, ERROR, WARN, INFO, DEBUG and TRACE are allowed");
    }
}
