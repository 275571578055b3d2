package io.zoomws.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {

    @AfterEach
    void asItWas() {
        Logs.use(LogSettings.USUAL);
    }

    @Test
    void aLevelCountsUntilItIsNamedNoMore() {
        org.slf4j.Logger one = LoggerFactory.getLogger("io.zoomws.test.one");
        org.slf4j.Logger two = LoggerFactory.getLogger("io.zoomws.test.two");
        ((Logger) two).setLevel(Level.ERROR);

        Logs.use(levels(
                Map.of("io.zoomws.test.one", LogSettings.Level.TRACE, "io.zoomws.test.two", LogSettings.Level.INFO)));
        assertThat(one.isTraceEnabled()).isTrue();
        assertThat(two.isInfoEnabled()).isTrue();

        Logs.use(levels(Map.of("io.zoomws.test.one", LogSettings.Level.OFF)));
        assertThat(one.isErrorEnabled()).isFalse();
        assertThat(((Logger) two).getLevel()).isEqualTo(Level.ERROR);

        Logs.use(LogSettings.USUAL);
        assertThat(((Logger) one).getLevel()).isNull();
    }

    @Test
    void aLineIsTextForPeopleOrJsonForMachines() {
        LoggerContext context = new LoggerContext();
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %replace(%msg){'\\p{Cntrl}', '?'}%n%ex");
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "x", context.getLogger("io.zoomws.Some"), Level.WARN, "gap of {}\u001b\"", null, new Object[] {"main"});
        event.setInstant(Instant.parse("2026-11-25T12:00:00.000000001Z"));
        event.setThreadName("event loop");

        assertThat(text(encoder.encode(event))).isEqualTo("WARN  gap of main?\"\n");

        Logs.use(new LogSettings(LogSettings.Format.JSON, Map.of()));
        assertThat(text(encoder.encode(event)))
                .isEqualTo(
                        "{\"time\":\"2026-11-25T12:00:00.000000001Z\",\"level\":\"WARN\",\"logger\":\"io.zoomws.Some\","
                                + "\"thread\":\"event loop\",\"message\":\"gap of main\\u001B\\\"\"}\n");
    }

    @Test
    void anExceptionIsAFieldOfItsLine() {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "x", context.getLogger("a"), Level.ERROR, "it failed", new IllegalStateException("why"), null);

        assertThat(text(JsonLine.of(event)))
                .contains("\"message\":\"it failed\",\"exception\":\"java.lang.IllegalStateException: why\\n\\tat ")
                .endsWith("\"}\n");
        assertThat(text(JsonLine.of(event)).lines()).hasSize(1);
    }

    @Test
    void noLevelOfTheRootReachesALibraryThatSeesTokens() throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("ZOOMWS_LOG_LEVEL", "TRACE");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        try {
            assertThat(context.getLogger("io.zoomws.Some").isTraceEnabled()).isTrue();
            assertThat(LogSettings.GUARDED).allSatisfy(name -> assertThat(
                            context.getLogger(name + ".some.Class").isDebugEnabled())
                    .as(name)
                    .isFalse());
        } finally {
            context.stop();
        }
    }

    private static LogSettings levels(Map<String, LogSettings.Level> levels) {
        return new LogSettings(LogSettings.Format.TEXT, levels);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
