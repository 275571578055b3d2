package io.zoomws.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginHostTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";

    /** Writes a line for each event into a file of its own, with a word that says which version it is. */
    private static final String WRITING = "private final java.nio.file.Path file; @jakarta.inject.Inject"
            + " Handler(PluginContext context) { file = context.directory().resolve(\"log\"); } "
            + HANDLE
            + " java.nio.file.Files.writeString(file, \"%s \" + event.type() + \"\\n\","
            + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }";

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private PluginHost host = host(List.of());

    @AfterEach
    void closeHost() {
        host.close();
    }

    @Test
    void aStoppedInstanceGoesOnWhereItStoodWithTheJarThatIsThereThen() throws Exception {
        write("good", WRITING.formatted("old"));
        start("one:good");
        journal.event("a");
        await("one", 1);

        host.stop("one", "main");
        journal.event("b");
        assertThat(host.status("one", "main"))
                .returns("stopped", PluginStatus::state)
                .returns(1L, status -> status.lag().orElseThrow());
        write("good", WRITING.formatted("new"));
        assertThat(host.start("one", "main")).isTrue();
        await("one", 2);

        assertThat(folder.resolve("data/main/plugins/one/log")).hasContent("old a\nnew b\n");
        assertThat(host.start("one", "main")).as("runs already").isFalse();
    }

    @Test
    void twoInstancesOfOnePluginShareNoStaticField() throws Exception {
        write("counting", "static int count; " + HANDLE + " if (++count != 1) throw new RetryLater(\"shared\"); }");
        start("one:counting", "two:counting");
        journal.event("a");

        await("one", 1);
        await("two", 1);
    }

    @Test
    void whatDoesNotRunIsShownAtItsPlaceAndRunsOnceItIsMended() throws Exception {
        write("good", HANDLE + "}");
        try (LoggedLines lines = LoggedLines.of(PluginHost.class)) {
            start("first:good", "second:missing", "third:good");
            assertThat(lines.warnings())
                    .containsExactly(
                            "1 of 3 plugin instances do not run; once mended, 'zoom-ws plugins start NAME' starts"
                                    + " one");
        }
        String problem = "there is no plugin missing: looked in [" + folder.resolve("plugins")
                + "], found good; put it there, or set zoomws.plugin-path";
        assertThat(host.status())
                .extracting(status -> status.name() + " " + status.problem().orElse("-"))
                .containsExactly("first -", "second " + problem, "third -");
        assertThat(host.status("second", "main").state()).isEqualTo("refused");
        assertThatThrownBy(() -> host.start("second", "main"))
                .isInstanceOf(PluginException.class)
                .hasMessage(problem);
        host.stop("second", "main");
        assertThat(host.status("second", "main").state()).isEqualTo("refused");

        journal.event("a");
        write("missing", HANDLE + "}");
        assertThat(host.start("second", "main")).isTrue();

        await("second", 1);
        assertThat(host.status("second", "main").problem()).isEmpty();
    }

    @Test
    void theSuccessorOfOneThatLoopsForEverHasItsCursorAndNothingTheOldOneDoesCounts() throws Exception {
        journal.event("a");
        String freed = folder.resolve("freed").toString();
        write(
                "loop",
                HANDLE + " java.nio.file.Path freed = java.nio.file.Path.of(\"" + freed + "\");"
                        + " while (!java.nio.file.Files.exists(freed)) { Thread.onSpinWait(); } }");
        start("one:loop");
        awaitThat(() -> thread("plugin one").anyMatch(PluginHostTest::isInHandler));
        Thread looping = thread("plugin one").findFirst().orElseThrow();

        host.stop("one", "main");
        assertThat(host.status("one", "main").state()).isEqualTo("abandoned");
        host.stop("one", "main");

        write("loop", WRITING.formatted("new"));
        assertThat(host.start("one", "main")).isTrue();
        await("one", 1);
        journal.event("b").event("c");
        await("one", 3);
        Files.createFile(Path.of(freed));
        looping.join();

        host.stop("one", "main");
        assertThat(host.status("one", "main").state()).isEqualTo("stopped");
        assertThat(host.status("one", "main").handled()).isEqualTo(3);
        try (Cursor cursor = Journals.cursors(folder.resolve("data"), "main").open("one")) {
            assertThat(cursor.position())
                    .as("4, and not 2 as the old one would have it")
                    .hasValue(4);
        }
    }

    @Test
    void oneThatEndedByItselfCanBeStartedAgain() throws Exception {
        write("broken", "public Handler() { throw new AssertionError(); } " + HANDLE + "}");
        start("one:broken");
        awaitThat(() -> state("one").equals("failed"));
        write("broken", HANDLE + "}");
        journal.event("a");

        awaitThat(() -> started("one"));
        await("one", 1);
    }

    @Test
    void aRestartAddsToWhatWasCounted() throws Exception {
        write("good", HANDLE + "}");
        start("one:good");
        journal.event("a");
        await("one", 1);

        host.restart("one", "main");
        journal.event("b");

        await("one", 2);
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() throws Exception {
        write("good", HANDLE + "}");
        start("one:good", "two:good");

        assertThatThrownBy(() -> host.stop("three", "main"))
                .isInstanceOf(PluginException.class)
                .hasMessage("no plugin instance three is configured for main: there are one, two; the configuration is"
                        + " read when the server starts");
    }

    @Test
    void nothingStartsOnceTheHostIsClosed() throws Exception {
        write("good", HANDLE + "}");
        start("one:good");
        host.close();

        assertThat(state("one")).isEqualTo("stopped");
        assertThatThrownBy(() -> host.start("one", "main"))
                .isInstanceOf(PluginException.class)
                .hasMessage("the server is ending");
    }

    private static Stream<Thread> thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name));
    }

    private static boolean isInHandler(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("acme.Handler"));
    }

    private void write(String plugin, String body) {
        PluginJar.withHandler(body).writeTo(folder.resolve("plugins/" + plugin + "/a.jar"));
    }

    private void start(String... instances) {
        host = host(Stream.of(instances)
                .map(text -> text.split(":"))
                .map(parts -> new Settings.PluginInstance(parts[0], parts[1], Position.EARLIEST))
                .toList());
        host.startAll();
    }

    private PluginHost host(List<Settings.PluginInstance> plugins) {
        Path data = Path.of(String.valueOf(folder)).resolve("data");
        CursorStore cursors = Journals.cursors(data, "main");
        HostedJournal hosted = new HostedJournal(
                "main",
                () -> journal,
                cursors::open,
                cursors::set,
                InstanceFiles.in(data, "main"),
                new MetricsOfPlugins(),
                () -> journal.resolve(Position.LATEST) - 1);
        ThreadLauncher launcher = new ThreadLauncher(() -> PluginCatalog.in(List.of(folder.resolve("plugins"))));
        return new PluginHost(plugins, List.of(hosted), Map.of(Isolation.THREAD, launcher), Duration.ofMillis(250));
    }

    private boolean started(String name) {
        try {
            return host.start(name, "main");
        } catch (PluginException e) {
            throw new AssertionError(e);
        }
    }

    private String state(String name) {
        try {
            return host.status(name, "main").state();
        } catch (PluginException e) {
            throw new AssertionError(e);
        }
    }

    private void await(String name, long handled) throws Exception {
        awaitThat(() ->
                host.status().stream().anyMatch(status -> status.name().equals(name) && status.handled() == handled));
    }

    /** Each append wakes us. */
    private void awaitThat(BooleanSupplier condition) throws InterruptedException {
        synchronized (journal) {
            while (!condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.timedWait(journal, 20);
            }
        }
    }
}
