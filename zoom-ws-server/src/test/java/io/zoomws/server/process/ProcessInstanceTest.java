package io.zoomws.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.server.status.PluginNumber;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, each of which takes one to two seconds to start: so every test looks at several things. */
@Timeout(120)
class ProcessInstanceTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path plugins = Path.of("");
    private Path printed = Path.of("");
    private final MetricsOfPlugins metrics = new MetricsOfPlugins();
    private RawSettings settings = RawSettings.none("mine");
    private JournalWriter writer;
    private JournalReader reader;

    @BeforeEach
    void openJournal() {
        data = folder.resolve("data");
        plugins = folder.resolve("plugins");
        printed = folder.resolve("printed");
        writer = JournalWriter.open(data, "main");
        reader = writer.reader();
    }

    @AfterEach
    void closeJournal() {
        reader.close();
        writer.close();
    }

    @Test
    void aPluginThatExitsEndsItsProcessOnlyAndGetsTheEventAgain() throws Exception {
        Path once = folder.resolve("once");
        settings = new RawSettings(
                "zoomws.plugins.mine.settings", Map.of("password", new RawSettings.Value("hush", false, "a test")));
        plugin("@PluginSettings public record Own(Secret password) {}"
                + " private final String hush; private final PluginMetrics.Counter seen;"
                + " public Handler(Own own, PluginMetrics metrics) { hush = own.password().reveal();"
                + " seen = metrics.counter(\"seen\", \"events seen\"); } "
                + HANDLE + " seen.add(2); System.out.println(event.type() + \" \\u001e\\u00e4\" + hush.length());"
                + " System.err.print(\"no line\");"
                + " if (event.type().equals(\"b\") && java.nio.file.Files.notExists(java.nio.file.Path.of(\"" + once
                + "\"))) { java.nio.file.Files.createFile(java.nio.file.Path.of(\"" + once + "\"));"
                + " System.exit(7); } }");
        // What comes before the process has even started is delivered, although it begins at the latest entry.
        ProcessInstance instance = start(Position.LATEST);
        event("a");
        await(() -> instance.status().handled() == 1 && savedPosition() == 3);
        long first = instance.process().pid().orElseThrow();
        try (LoggedLines log = LoggedLines.of(ProcessInstance.class)) {
            event("b");

            await(() -> instance.status().handled() == 2);

            assertThat(log.errors())
                    .containsExactly("plugin instance mine: its process " + first
                            + " ended with status 7; its next process starts in 1000 ms, and what was not saved is"
                            + " delivered again");
        }
        assertThat(instance.status().state()).isEqualTo(InstanceState.RUNNING);
        assertThat(instance.process().restarts()).isEqualTo(1);
        assertThat(instance.process().problem()).contains("its process " + first + " ended with status 7");
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
        assertThat(instance.status()).isEqualTo(new InstanceStatus(InstanceState.STOPPED, 2, 0, 0, 0, 4, 0));
        // Those of the process that ran last.
        assertThat(metrics.numbers()).containsExactly(new PluginNumber("mine", "main", "seen", true, "events seen", 2));
        assertThat(Files.readString(printed)).isEqualTo("a \u001eä4\nb \u001eä4\nb \u001eä4\n");
    }

    @Test
    void aLoopIsKilledWhenToldToStopAndNothingButThatEndsItsProcess() throws Exception {
        Path entered = folder.resolve("entered");
        plugin(HANDLE + " java.nio.file.Files.createFile(java.nio.file.Path.of(\"" + entered
                + "\")); while (true) { Thread.onSpinWait(); } }");
        ProcessInstance instance = start(Position.EARLIEST);
        event("a");
        await(() -> Files.exists(entered));
        ProcessHandle process =
                ProcessHandle.of(instance.process().pid().orElseThrow()).orElseThrow();

        signal(process, "TERM");
        signal(process, "INT");
        signal(process, "HUP");
        assertThat(RunningInstance.stopAll(List.of(instance), IMPATIENCE, IMPATIENCE))
                .isFalse();

        assertThat(process.isAlive()).isFalse();
        assertThat(instance.status().state()).isEqualTo(InstanceState.STOPPED);
        assertThat(instance.process().restarts()).isZero();
        assertThat(savedPosition()).isEqualTo(1);
    }

    @Test
    void aPluginThatCannotBeBuiltFailsAndIsNotStartedAgain() throws Exception {
        plugin("public Handler() { throw new IllegalStateException(); } " + HANDLE + "}");
        ProcessInstance instance = start(Position.LATEST);

        assertThat(instance.awaitEnd(PATIENCE)).isTrue();

        assertThat(instance.status().state()).isEqualTo(InstanceState.FAILED);
        assertThat(instance.process().restarts()).isZero();
        assertThat(instance.process().pid()).isEmpty();
    }

    @Test
    void aProcessInWhichNothingOfThePluginRunsYetIsNotWaitedFor() throws Exception {
        plugin(HANDLE + "}");
        ProcessInstance instance = start(Position.LATEST);

        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();

        assertThat(instance.status()).isEqualTo(new InstanceStatus(InstanceState.STOPPED, 0, 0, 0, 0, 2, 0));
        assertThat(savedPosition()).isEqualTo(2);
    }

    @Test
    void aProcessWhoseServerHasEndedEndsInOrder() throws Exception {
        plugin(HANDLE + "}");
        event("a");
        Process child = new ChildJvm(List.of(), Redirect.DISCARD).builder().start();
        try (Stream<String> lines = child.errorReader(StandardCharsets.UTF_8).lines()) {
            child.getOutputStream()
                    .write((TaskJson.line(task(Position.EARLIEST)) + "\n").getBytes(StandardCharsets.UTF_8));
            child.getOutputStream().flush();
            assertThat(lines.anyMatch(line -> line.contains("\"handled\":1"))).isTrue();

            child.getOutputStream().close();

            assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(child.exitValue()).isZero();
        assertThat(savedPosition()).isEqualTo(3);
    }

    private void plugin(String body) {
        PluginJar.withHandler(body).writeTo(plugins.resolve("mine/mine.jar"));
    }

    private ProcessInstance start(Position position) throws Exception {
        CursorStore cursors = Journals.cursors(data, "main");
        return ProcessInstance.start(
                task(position),
                () -> PluginCatalog.in(List.of(plugins)).find("mine"),
                new SubscriptionAccess(
                        reader,
                        name -> cursors.open(name, false),
                        cursors::set,
                        InstanceFiles.in(data, "main"),
                        metrics),
                new ChildJvm(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), Redirect.appendTo(printed.toFile())),
                () -> 0);
    }

    private PluginTask task(Position position) {
        PluginInstance.Definition definition = new PluginInstance.Definition(
                "mine", EventChoice.ALL, Optional.empty(), position, LostPosition.STOP, settings);
        return new PluginTask(data, "main", List.of(plugins), "mine", definition, false);
    }

    private void event(String type) {
        byte[] frame = ("{\"event\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
        writer.append(StoredKind.TEXT_FRAME, 1, 0, 0, ByteBuffer.wrap(frame));
    }

    private long savedPosition() {
        return Journals.cursors(data, "main").list(1, 100).get(0).position().orElse(0);
    }

    private static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
        assertThat(process.isAlive()).isTrue();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
