package io.zoomws.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays within the server, of a plugin that writes down what it is handed. */
@Timeout(60)
class ReplayRequestsTest {

    private static final ControlHandler.Client NOBODY = new ControlHandler.Client() {
        @Override
        public void progress(Map<String, ?> fields) {}

        @Override
        public boolean isGone() {
            return false;
        }
    };

    @TempDir
    private Path folder;

    private final MemoryJournal journal =
            new MemoryJournal().event("a").event("b").event("c").event("d");

    private PluginHost host;
    private ReplayRequests requests;

    @BeforeEach
    void open() {
        PluginJar.withHandler("private final java.nio.file.Path file;"
                        + " public Handler(PluginContext context) { file = context.directory().resolve(context.instance()); }"
                        + " public void handle(ZoomEvent event, Delivery delivery) throws Exception {"
                        + " java.nio.file.Files.writeString(file, event.type() + delivery.replay() + ' ',"
                        + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }")
                .writeTo(folder.resolve("plugins/notes/notes.jar"));
        CursorStore cursors = Journals.cursors(folder, "main");
        HostedJournal hosted = new HostedJournal(
                "main",
                () -> journal,
                cursors::open,
                cursors::set,
                InstanceFiles.in(folder, "main"),
                new MetricsOfPlugins(),
                () -> 4);
        ThreadLauncher launcher = new ThreadLauncher(() -> PluginCatalog.in(List.of(folder.resolve("plugins"))));
        host = new PluginHost(
                List.of(new Settings.PluginInstance("mine", "notes", Position.LATEST)),
                List.of(hosted),
                Map.of(Isolation.THREAD, launcher));
        requests = new ReplayRequests(host, folder, "main");
    }

    @AfterEach
    void close() {
        requests.close();
        host.close();
    }

    @Test
    void aRangeIsHandedToANewInstanceBesideTheLiveOne() throws Exception {
        assertThat(ask(Map.of("from", "2", "to", "4")))
                .isEqualTo(Map.of(
                        "replay",
                        "replay-mine",
                        "from",
                        2L,
                        "to",
                        4L,
                        "text",
                        "sequence 2 to 3 are replayed through a new instance of notes called replay-mine; the log tells how"
                                + " that ends"));
        awaitEnd();

        assertThat(folder.resolve("main/plugins/mine/replay-mine")).hasContent("btrue ctrue ");
        assertThat(Journals.cursors(folder, "main").list(1, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void everythingIsReplayedIfNothingIsSaidAndOnceMoreWhenThatIsDone() throws Exception {
        ask(Map.of());
        awaitEnd();
        ask(Map.of());
        awaitEnd();

        assertThat(folder.resolve("main/plugins/mine/replay-mine"))
                .hasContent("atrue btrue ctrue dtrue atrue btrue ctrue dtrue ");
    }

    @Test
    void aRangeInWhichThereIsNothingIsRefused() {
        journal.removeBefore(2);

        assertRefused(
                Map.of("from", "1"),
                "the journal begins at sequence 2: retention has removed what was before; replay"
                        + " what is left from there");
        assertRefused(Map.of("from", "4", "to", "4"), "no entry lies between from and to");
        assertRefused(Map.of("to", "9"), "the newest entry of the journal is 4");
        assertRefused(
                Map.of("from", "x"),
                "from: 'x' is no position: use earliest, latest, a sequence number from 1, or a"
                        + " time with offset such as 2026-11-23T20:00:00Z");
        assertThat(folder.resolve("main/replays")).doesNotExist();
    }

    @Test
    void nothingBeginsOnceTheServerEnds() {
        requests.close();

        assertRefused(Map.of(), "the server is ending");
    }

    private void assertRefused(Map<String, String> fields, String why) {
        assertThatThrownBy(() -> ask(fields))
                .isInstanceOf(ControlException.class)
                .hasMessage(why);
    }

    private Map<String, ?> ask(Map<String, String> fields) throws ControlException {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("instance", "mine");
        return requests.answer(new ControlRequest(ReplayRequests.REPLAY, all), NOBODY);
    }

    /** Its record and its cursor are gone when it is done; the time limit of the test is the limit. */
    private void awaitEnd() throws Exception {
        while (Files.exists(folder.resolve("main/replays/replay-mine.json"))
                || !Journals.cursors(folder, "main").list(1, Long.MAX_VALUE).isEmpty()) {
            new StopRequest().await(Duration.ofMillis(5));
        }
    }
}
