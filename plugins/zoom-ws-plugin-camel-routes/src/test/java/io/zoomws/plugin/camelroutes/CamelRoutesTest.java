package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.Delivery;
import io.zoomws.testkit.TestPluginContext;
import io.zoomws.testkit.TestPluginMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelRoutesTest {

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path folder;

    @Test
    void anEventIsHandledOnceItsRoutesHavePassedItAndTheEndLetsGoOfTheirCursors() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), """
                - route:
                    id: a
                    from:
                      uri: zoomws:main?from=earliest
                      steps:
                        - to: file:%s?fileName=${header.CamelZoomWsSequence}
                """.formatted(folder.resolve("out")));
        journal.event("meeting.started");

        try (CamelRoutes routes = routes(Duration.ofMillis(100))) {
            routes.handle(new MemoryEntry.Event(1, "meeting.started"), new Delivery(false, 1));
            assertThat(folder.resolve("out/1")).exists();
            assertThat(journal.openCursors()).isEqualTo(1);
        }

        assertThat(journal.saved("a")).isEqualTo(2);
        assertThat(journal.openCursors()).isZero();
    }

    @Test
    void anIntervalThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> new RoutesSettings(folder, Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poll is from 100ms to 10m, not PT0.099S");
    }

    private CamelRoutes routes(Duration poll) {
        return new CamelRoutes(
                new RoutesSettings(folder, poll),
                TestPluginContext.in(folder.resolve("own")),
                journal,
                journal,
                new TestPluginMetrics(),
                Clock.systemUTC());
    }
}
