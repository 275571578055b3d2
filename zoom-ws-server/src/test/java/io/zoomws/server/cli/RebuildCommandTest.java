package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlServer;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.host.HostedJournal;
import io.zoomws.server.host.PluginHost;
import io.zoomws.server.host.RebuildRequests;
import io.zoomws.server.host.ThreadLauncher;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.server.process.ProcessLauncher;
import io.zoomws.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a journal of ten events, sequence 2 to 11 of 12, with an instance that stands at sequence 8. */
@Timeout(120)
class RebuildCommandTest {

    private static final List<String> REPLAYED =
            List.of("2 replay", "3 replay", "4 replay", "5 replay", "6 replay", "7 replay");
    private static final List<String> LIVE = List.of("8 live", "9 live", "10 live", "11 live");

    /** Derives a file from the events, which begins with how often it was reset. */
    private static final String MODEL = """
            public class Handler implements EventHandler, Rebuildable {
                private final java.nio.file.Path log;
                @jakarta.inject.Inject
                public Handler(PluginContext context) {
                    log = context.directory().resolve("log");
                    if (java.nio.file.Files.exists(log.resolveSibling("unbuildable"))) {
                        throw new IllegalStateException("unbuildable");
                    }
                }
                public void reset() throws Exception {
                    if (java.nio.file.Files.exists(log.resolveSibling("broken"))) {
                        throw new IllegalStateException("broken");
                    }
                    java.nio.file.Files.writeString(log, "reset\\n");
                }
                public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                    String line = event.sequence() + (delivery.replay() ? " replay" : " live") + "\\n";
                    java.nio.file.Files.writeString(log, line, java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND);
                }
            }
            """;

    @TempDir
    private Path directory;

    private ReplayWorkplace work;
    private Isolation isolation = Isolation.THREAD;

    @BeforeEach
    void prepare() throws Exception {
        work = new ReplayWorkplace(directory)
                .journal(10)
                .plugin(
                        "model",
                        new PluginJar()
                                .source("acme.Handler", MODEL)
                                .service("io.zoomws.spi.EventHandler", "acme.Handler"))
                .configure("mine: { plugin: model }");
        cursors().set("mine", 8);
    }

    private CursorStore cursors() {
        return Journals.cursors(work.data(), "main");
    }

    private RebuildNote note() {
        return RebuildNote.of(InstanceFiles.in(work.data(), "main"), "mine");
    }

    private OptionalLong position() {
        return cursors().list(1, 13).get(0).position();
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(work.log("mine"));
    }

    private PluginHost host(String plugin) {
        HostedJournal journal = new HostedJournal(
                "main",
                () -> Journals.openReader(work.data(), "main"),
                cursors()::open,
                cursors()::set,
                InstanceFiles.in(work.data(), "main"),
                new MetricsOfPlugins(),
                () -> 12);
        Settings.PluginInstance instance = new Settings.PluginInstance(
                "mine",
                plugin,
                Position.LATEST,
                EventChoice.ALL,
                Optional.empty(),
                false,
                LostPosition.STOP,
                isolation,
                List.of(),
                RawSettings.none("mine"));
        List<Path> folders = List.of(directory.resolve("plugins"));
        return new PluginHost(
                List.of(instance),
                List.of(journal),
                Map.of(
                        Isolation.THREAD,
                        new ThreadLauncher(() -> PluginCatalog.in(folders)),
                        Isolation.PROCESS,
                        new ProcessLauncher(work.data(), () -> folders)));
    }

    private void awaitPosition(PluginHost host, long position) throws PluginException {
        while (!host.status("mine", "main").state().equals("failed")
                && position().orElse(0) < position) {
            host.awaitEnd("mine", "main", Duration.ofMillis(20));
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(List.of("reset"));
        all.addAll(REPLAYED);
        all.addAll(LIVE);
        return all;
    }

    @Test
    void withoutAServerTheInstanceIsRebuiltHereAndItsCursorGoesOn() throws Exception {
        assertThat(work.replay("--rebuild", "--plugin", "mine")).isZero();

        assertThat(work.messages())
                .startsWith("zoom-ws: plugin instance mine is rebuilt, and goes on live; ")
                .endsWith(" events handled, 0 gaps, 0 parked\n");
        assertThat(log()).startsWith("reset", "2 replay", "3 replay", "4 replay", "5 replay", "6 replay", "7 replay");
        assertThat(all().subList(0, log().size())).as("and then live").isEqualTo(log());
        assertThat(note().pending()).isEmpty();
        assertThat(position().orElse(0)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aRunningServerRebuildsItsLiveInstance() throws Exception {
        try (JournalWriter held = JournalWriter.open(work.data(), "main");
                PluginHost host = host("model");
                ControlServer control = ControlServer.start(
                        work.data().resolve("main"),
                        "main",
                        Map.of(RebuildRequests.REBUILD, new RebuildRequests(host, "main")))) {
            host.startAll();
            awaitPosition(host, 13);
            assertThat(log()).isEqualTo(LIVE);

            assertThat(work.replay("--rebuild", "--plugin", "mine")).isZero();

            assertThat(work.messages())
                    .startsWith("zoom-ws: plugin instance mine is rebuilt, and goes on live; ")
                    .endsWith(" events handled, 0 gaps, 0 parked\n");
            assertThat(log())
                    .containsExactly(
                            "reset",
                            "2 replay",
                            "3 replay",
                            "4 replay",
                            "5 replay",
                            "6 replay",
                            "7 replay",
                            "8 replay",
                            "9 replay",
                            "10 replay",
                            "11 replay");
            assertThat(host.status("mine", "main").running()).isTrue();
        }
    }

    @Test
    void aRebuildThatWasKilledGoesOnAtTheNextStartAndIsNotResetAgain() throws Exception {
        note().write(new RebuildNote.Plan(1, 8, RebuildNote.Phase.REPLAYING, ReplayWorkplace.FIRST));
        cursors().set("mine", 5);

        try (PluginHost host = host("model")) {
            host.startAll();
            awaitPosition(host, 13);
        }

        assertThat(log()).containsExactly("5 replay", "6 replay", "7 replay", "8 live", "9 live", "10 live", "11 live");
        assertThat(note().pending()).isEmpty();
    }

    @Test
    void oneThatWasKilledBeforeItsResetWasNotedIsResetOnceMore() throws Exception {
        note().write(new RebuildNote.Plan(1, 8, RebuildNote.Phase.RESETTING, ReplayWorkplace.FIRST));

        try (PluginHost host = host("model")) {
            host.startAll();
            awaitPosition(host, 13);
        }

        assertThat(log()).isEqualTo(all());
    }

    @Test
    void aResetThatFailsIsRepeatedByTheNextStart() throws Exception {
        Files.createDirectories(work.log("mine").getParent());
        Files.createFile(work.log("mine").resolveSibling("broken"));

        assertThat(work.replay("--rebuild", "--plugin", "mine")).isEqualTo(1);

        assertThat(work.messages())
                .isEqualTo(
                        "zoom-ws: plugin instance mine is NOT rebuilt yet, and may have forgotten already: it does not run"
                                + " (failed), and the log of the server says why; its next start has it forget once more, and goes on with"
                                + " that; 0 events handled, 0 gaps, 0 parked\n");
        assertThat(position()).hasValue(8);

        Files.delete(work.log("mine").resolveSibling("broken"));
        try (PluginHost host = host("model")) {
            host.startAll();
            awaitPosition(host, 13);
        }
        assertThat(log()).isEqualTo(all());
    }

    @Test
    void anInstanceInAProcessOfItsOwnIsRebuiltAndItIsToldWhenItCannotBe() throws Exception {
        isolation = Isolation.PROCESS;
        Path broken = work.log("mine").resolveSibling("unbuildable");
        Files.createDirectories(broken.getParent());
        Files.createFile(broken);
        try (JournalWriter held = JournalWriter.open(work.data(), "main");
                PluginHost host = host("model");
                ControlServer control = ControlServer.start(
                        work.data().resolve("main"),
                        "main",
                        Map.of(RebuildRequests.REBUILD, new RebuildRequests(host, "main")))) {
            assertThat(work.replay("--rebuild", "--plugin", "mine")).isEqualTo(1);
            assertThat(work.messages())
                    .isEqualTo(
                            "zoom-ws: plugin instance mine is NOT rebuilt: the log of the server says why; it stands where it"
                                    + " stood; 0 events handled, 0 gaps, 0 parked\n");

            Files.delete(broken);
            assertThat(work.replay("--rebuild", "--plugin", "mine")).isZero();
            assertThat(work.messages()).startsWith("zoom-ws: plugin instance mine is rebuilt, and goes on live; ");
            awaitPosition(host, 13);
        }
        assertThat(log()).isEqualTo(all());
    }

    @Test
    void aPluginThatCannotBeRebuiltIsRefusedAndTheOldOneRunsOn() throws Exception {
        work.plugin("plain", PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) {}"));
        try (PluginHost host = host("plain")) {
            host.startAll();

            assertThatThrownBy(() -> host.rebuild("mine", "main", 1, false))
                    .isInstanceOf(PluginException.class)
                    .hasMessage(
                            "the plugin plain cannot be rebuilt: its handler acme.Handler is not Rebuildable; replay it"
                                    + " beside the live instance, without --rebuild");
            awaitPosition(host, 13);
            assertThat(host.status("mine", "main").running()).isTrue();
            assertThat(position()).hasValue(13);
        }
    }

    @Test
    void whatDoesNotFitToARebuildIsWrongUsage() {
        assertThat(work.replay("--rebuild", "--plugin", "mine", "--event", "a.*"))
                .isEqualTo(2);
        assertThat(work.messages())
                .startsWith(
                        "zoom-ws: --rebuild runs up to where the instance stood, with all that it is handed live: leave out"
                                + " --to, --event, --account, --speed, --as, --resume, --restart and --format\n");
        assertThat(work.replay("--rebuild", "--plugin", "model")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo(
                        "zoom-ws: no plugin instance model is configured for main: there are mine; 'zoom-ws config reload' has the"
                                + " server read its configuration again\n");
    }
}
