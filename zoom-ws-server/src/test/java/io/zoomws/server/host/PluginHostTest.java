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
import io.zoomws.spi.Position;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginHostTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";

    /** For those that do not end in any case. */
    private static final Duration IMPATIENCE = Duration.ofMillis(50);

    /** Writes a line for each event into a file of its own, with a word that says which version it is. */
    private static final String WRITING = "private final java.nio.file.Path file; @jakarta.inject.Inject"
            + " Handler(PluginContext context) { file = context.directory().resolve(\"log\"); } "
            + HANDLE
            + " java.nio.file.Files.writeString(file, \"%s \" + event.type() + \"\\n\","
            + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }";

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private volatile @Nullable Instant now; // null: it goes
    private Duration patience = Duration.ofSeconds(20);
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
                .extracting(status -> status.name() + " " + status.why().orElse("-"))
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
        assertThat(host.status("second", "main").why()).isEmpty();
    }

    @Test
    void theSuccessorOfOneThatLoopsForEverHasItsCursorAndNothingTheOldOneDoesCounts() throws Exception {
        patience = IMPATIENCE;
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

        CursorStore cursors = Journals.cursors(folder.resolve("data"), "main");
        awaitThat(() -> cursors.list(1, 4).get(0).position().orElse(0) == 4); // and not at 2, as the old one has it
        assertThat(host.status("one", "main"))
                .returns("running", PluginStatus::state)
                .returns(3L, PluginStatus::handled)
                .returns(4L, status -> status.position().orElseThrow());
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
                .hasMessage(
                        "no plugin instance three is configured for main: there are one, two; 'zoom-ws config reload' has"
                                + " the server read its configuration again");
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

    @Test
    void aHandlerThatDoesNotComeBackIsSaidToBeStuckEachTimeThatHasDoubled() throws Exception {
        patience = IMPATIENCE;
        write("stuck", HANDLE + "\n synchronized (this) {" + "\n wait(); } }");
        start("one:stuck");
        journal.event("a");
        awaitThat(() -> host.status().get(0).busySince().isPresent());
        awaitThat(() -> thread("plugin one").anyMatch(thread -> thread.getState() == Thread.State.WAITING));

        try (LoggedLines lines = LoggedLines.of(Watchdog.class)) {
            look(29);
            look(30);
            look(31);
            look(61);
            look(500);
            look(500);
            assertThat(lines.warnings()).containsExactly(stuckLine(30), stuckLine(61), stuckLine(500));
        }
        assertThat(host.status("one", "main"))
                .returns("stuck", PluginStatus::state)
                .returns(false, PluginStatus::running)
                .returns(
                        Optional.of("in one call for 500 s, at sequence 1, at acme.Handler.handle(Handler.java:3)"),
                        PluginStatus::why);
    }

    private static String stuckLine(long seconds) {
        return "plugin instance one is in one call for " + seconds
                + " s, at sequence 1, at acme.Handler.handle(Handler.java:3); everything else runs on, and 'zoom-ws plugins"
                + " stop one' ends or abandons it";
    }

    private void look(long seconds) {
        now = host.status().get(0).busySince().orElseThrow().plusSeconds(seconds);
        host.watchdog().look();
    }

    @Test
    void aHandlerWhoseTargetIsAwayIsShownAsRetryingWithoutItsMessage() throws Exception {
        write("away", HANDLE + "\n throw new RetryLater(\"secret\"); }");
        start("one:away");
        journal.event("a");

        awaitThat(() -> state("one").equals("retrying"));

        assertThat(host.status("one", "main").running()).isTrue();
        assertThat(host.status("one", "main").why()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("sequence 1 since ")
                .endsWith(": io.zoomws.spi.RetryLater, at acme.Handler.handle(Handler.java:2)"));
    }

    @Test
    void deadlockedThreadsAreToldWithWhomTheyWait() throws Exception {
        patience = IMPATIENCE;
        write(
                "deadlock",
                "private final Object a = new Object(); private final Object b = new Object();"
                        + " private final java.util.concurrent.CountDownLatch both = new"
                        + " java.util.concurrent.CountDownLatch(2); " + HANDLE
                        + " Thread other = new Thread(() -> lock(b, a), \"other\"); other.setDaemon(true); other.start();"
                        + " lock(a, b); }\n void lock(Object first, Object second) {"
                        + " synchronized (first) { both.countDown(); try { both.await(); } catch (InterruptedException e) {}\n"
                        + " synchronized (second) { } } }");
        start("dead:deadlock");
        journal.event("a");
        awaitThat(() -> ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null);
        now = Instant.now().plusSeconds(60);

        assertThat(host.status("dead", "main").why()).hasValueSatisfying(why -> assertThat(why)
                .endsWith("at sequence 1, at acme.Handler.lock(Handler.java:3), deadlocked with thread other"));
        assertThat(host.status("dead", "main").threads()).isEqualTo(1);
        host.stop("dead", "main");
        assertThat(host.status("dead", "main"))
                .returns("abandoned", PluginStatus::state)
                .returns(1, PluginStatus::threads);
    }

    @Test
    void threadsThatAPluginLeavesBehindAreCountedAndNamed() throws Exception {
        String freed = folder.resolve("freed").toString();
        write(
                "leak",
                HANDLE + " for (int i = 0; i < 2; i++) { Thread thread = new Thread(() -> {"
                        + " while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"" + freed + "\"))) {"
                        + " java.util.concurrent.locks.LockSupport.parkNanos(1000000); } }, \"left\\n\" + i);"
                        + " thread.setDaemon(true); thread.start(); } }");
        start("one:leak");
        journal.event("a");
        await("one", 1);
        assertThat(host.status("one", "main").threads()).isEqualTo(2);

        try (LoggedLines lines = LoggedLines.of(Class.forName("io.zoomws.server.delivery.LeftThreads"))) {
            host.stop("one", "main");
            awaitThat(() -> !lines.warnings().isEmpty());
            assertThat(lines.warnings()).singleElement().asString().satisfies(line -> assertThat(line)
                    .startsWith("plugin instance one has ended, and 2 threads (left?")
                    .endsWith(") it started have not: they go on until the server ends"));
        }
        assertThat(host.status("one", "main").threads()).isEqualTo(2);
        Files.createFile(Path.of(freed));
        awaitThat(() -> host.status().get(0).threads() == 0);
    }

    @Test
    void whatTheThreadOfAnInstanceCostsIsAddedUpOverRestarts() throws Exception {
        write(
                "costly",
                HANDLE + " long end = System.nanoTime() + 50000000; while (System.nanoTime() < end) {"
                        + " Thread.onSpinWait(); } }");
        start("one:costly");
        journal.event("a");
        await("one", 1);
        Duration before = host.status("one", "main").cpu();
        assertThat(before).isPositive();

        host.restart("one", "main");

        assertThat(host.status("one", "main").cpu()).isGreaterThanOrEqualTo(before);
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
        return new PluginHost(
                plugins,
                List.of(hosted),
                Map.of(Isolation.THREAD, launcher),
                patience,
                () -> now == null ? Instant.now() : now);
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
