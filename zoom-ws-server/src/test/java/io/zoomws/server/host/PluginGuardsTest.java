package io.zoomws.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.Activity;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.PluginThreads;
import io.zoomws.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin, or a bug of ours, must not bring down with it. */
@Timeout(60)
class PluginGuardsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");

    /** One that says it is in the middle of something, as a test has it. */
    private record Odd(String name, Supplier<Activity> doing) implements RunningInstance {
        @Override
        public String plugin() {
            return "odd";
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public InstanceStatus status() {
            return new InstanceStatus(InstanceState.RUNNING, 0, 0, 0, 0, 1, 0);
        }

        @Override
        public Activity activity() {
            return doing.get();
        }

        @Override
        public void requestStop() {}

        @Override
        public void interrupt() {}

        @Override
        public boolean awaitEnd(Duration patience) {
            return false;
        }

        @Override
        public void abandon() {}
    }

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();

    @Test
    void anUnexpectedFailureToStartIsARefusalOfThatInstance() {
        Slot slot = slot("one", launching(() -> {
            throw new IllegalStateException("a bug");
        }));
        String problem =
                "plugin instance one could not be started (java.lang.IllegalStateException): this is a bug of the"
                        + " server, and its log says more";

        assertThatThrownBy(slot::start).isInstanceOf(PluginException.class).hasMessage(problem);

        assertThat(slot.status().state()).isEqualTo("refused");
        assertThat(slot.status().why()).contains(problem);
    }

    @Test
    void theWatchdogLooksAfterTheOthersWhenOneCannotBeLookedAt() throws Exception {
        Slot odd = slot(
                "odd",
                launching(() -> new Odd("odd", () -> {
                    throw new IllegalStateException("a bug");
                })));
        Activity busy = new Activity(
                Optional.of(NOW.minusSeconds(30)),
                OptionalLong.of(7),
                Optional.empty(),
                Optional.empty(),
                0,
                Duration.ZERO);
        Slot stuck = slot("stuck", launching(() -> new Odd("stuck", () -> busy)));
        odd.start();
        stuck.start();
        try (LoggedLines lines = LoggedLines.of(Watchdog.class);
                Watchdog watchdog = new Watchdog(() -> List.of(odd, stuck), InstantSource.fixed(NOW))) {
            watchdog.look();
            watchdog.look();

            assertThat(lines.errors())
                    .containsExactly("plugin instance odd cannot be looked after (java.lang.IllegalStateException)");
            assertThat(lines.warnings())
                    .containsExactly(
                            "plugin instance stuck is in one call for 30 s, at sequence 7, at an unknown place;"
                                    + " everything else runs on, and 'zoom-ws plugins stop stuck' ends or abandons it");
        }
    }

    @Test
    void aThreadOfAPluginIsCountedWhateverItOverrides() throws Exception {
        Path freed = folder.resolve("freed");
        write(
                "static class Odd extends Thread { Odd() { super(\"odd\"); setDaemon(true); } public void run() { "
                        + waitFor(freed) + " }"
                        + " public ClassLoader getContextClassLoader() { throw new AssertionError(); }"
                        + " public StackTraceElement[] getStackTrace() { throw new AssertionError(); }"
                        + " public long getId() { throw new AssertionError(); }"
                        + " public int hashCode() { throw new AssertionError(); } }",
                "new Odd().start();");
        Slot slot = slot("one", new ThreadLauncher(this::catalog));
        slot.start();
        journal.event("a");
        awaitThat(() -> slot.status().handled() == 1);

        assertThat(slot.status().threads()).isEqualTo(1);
        slot.stop();
        assertThat(slot.status().threads()).isEqualTo(1);

        Files.createFile(freed);
        awaitThat(() -> slot.status().threads() == 0);
    }

    @Test
    void theJarsOfAnEndedInstanceAreClosedOnceTheThreadsItLeftHaveEnded() throws Exception {
        Path freed = folder.resolve("freed");
        write(
                "",
                "Thread left = new Thread(() -> { " + waitFor(freed)
                        + " }, \"left\"); left.setDaemon(true); left.start();");
        Slot slot = slot("one", new ThreadLauncher(this::catalog));
        slot.start();
        journal.event("a");
        awaitThat(() -> slot.status().handled() == 1);
        Thread left = PluginThreads.all().stream()
                .filter(thread -> thread.getName().equals("left"))
                .findFirst()
                .orElseThrow();
        ClassLoader loader = PluginThreads.pluginOf(left).orElseThrow();

        slot.stop();
        slot.start();
        assertThat(loader.getResource("acme/Handler.class")).as("still needed").isNotNull();
        slot.stop();
        Files.createFile(freed);
        left.join();
        slot.start();

        assertThat(loader.getResource("acme/Handler.class")).isNull();
        slot.stop();
    }

    private static String waitFor(Path file) {
        return "while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"" + file + "\"))) {"
                + " java.util.concurrent.locks.LockSupport.parkNanos(1000000); }";
    }

    private void write(String members, String body) {
        PluginJar.withHandler(members + " public void handle(ZoomEvent event, Delivery delivery) { " + body + " }")
                .writeTo(folder.resolve("plugins/odd/a.jar"));
    }

    private PluginCatalog catalog() {
        return PluginCatalog.in(List.of(folder.resolve("plugins")));
    }

    private static Launcher launching(Supplier<RunningInstance> instance) {
        return new Launcher() {
            @Override
            public RunningInstance launch(Settings.PluginInstance plugin, SubscriptionAccess access) {
                return instance.get();
            }

            @Override
            public Plugin load(Settings.PluginInstance plugin) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private Slot slot(String name, Launcher launcher) {
        Path data = folder.resolve("data");
        CursorStore cursors = Journals.cursors(data, "main");
        HostedJournal hosted = new HostedJournal(
                "main",
                () -> journal,
                cursors::open,
                cursors::set,
                InstanceFiles.in(data, "main"),
                new MetricsOfPlugins(),
                () -> journal.resolve(Position.LATEST) - 1);
        return new Slot(
                new Settings.PluginInstance(name, "odd", Position.EARLIEST),
                hosted,
                launcher,
                Duration.ofSeconds(20),
                InstantSource.system());
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
