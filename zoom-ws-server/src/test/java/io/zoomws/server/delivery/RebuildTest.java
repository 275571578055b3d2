package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.delivery.RebuildNote.Phase;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of three events, by an instance that has handled them and parked the second; and what may come in between. */
@Timeout(60)
class RebuildTest {

    private static final Instant ASKED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final RebuildNote.Plan ASKED = new RebuildNote.Plan(1, 4, Phase.ASKED, ASKED_AT);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where the end of this is waited for in any case. */
    private static final Duration IMPATIENCE = Duration.ofMillis(50);

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception { ";
    private static final String RESET = "public void reset() throws Exception { ";
    private static final String WAIT = "entered = true; while (!end) { Thread.onSpinWait(); } ";

    /** Keeps its position itself, and counts its resets. */
    private static final String OWN = """
            private final java.nio.file.Path own;
            public Handler(PluginContext context) { own = context.directory().resolve("own"); }
            public java.util.OptionalLong position() throws Exception {
                return java.nio.file.Files.exists(own)
                    ? java.util.OptionalLong.of(Long.parseLong(java.nio.file.Files.readString(own)))
                    : java.util.OptionalLong.empty();
            }
            public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                java.nio.file.Files.writeString(own, String.valueOf(event.sequence() + 1));
            }
            """;

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private Class<?> handlerClass = Object.class;

    @BeforeEach
    void prepare() {
        journal.event("a").event("b").event("c");
        journal.open("mine").save(4);
        parked().park(new ParkedEntry(2, "b", ASKED_AT, 4, "a test", Optional.empty()), new MemoryEntry.Event(2, "b"));
        note().write(ASKED);
    }

    @Test
    void aThreadThatIsAbandonedInItsResetLeavesEverythingToItsSuccessor() throws Exception {
        PluginInstance abandoned = start(RESET + WAIT + "} " + HANDLE + "}");
        await(() -> isSet("entered"));
        assertThat(phase()).as("before it can have forgotten anything").isEqualTo(Phase.RESETTING);
        assertThat(RunningInstance.stopAll(List.of(abandoned), IMPATIENCE, IMPATIENCE))
                .isFalse();

        end(abandoned);

        assertThat(phase()).isEqualTo(Phase.RESETTING);
        assertThat(journal.saved("mine")).isEqualTo(4);
        assertThat(parked().sequences()).containsExactly(2L);

        PluginInstance successor = start(RESET + "} " + HANDLE + "}");
        await(() -> phase() == Phase.DONE);
        assertThat(successor.status().handled()).isEqualTo(3);
        assertThat(parked().sequences()).isEmpty();
        stop(successor);
    }

    @Test
    void aThreadThatIsAbandonedAtTheLastEventDoesNotEndTheRebuildOfItsSuccessor() throws Exception {
        PluginInstance abandoned = start(RESET + "} " + HANDLE + " if (event.type().equals(\"c\")) { " + WAIT + " } }");
        await(() -> isSet("entered"));
        assertThat(RunningInstance.stopAll(List.of(abandoned), IMPATIENCE, IMPATIENCE))
                .isFalse();
        RebuildNote.Plan next = new RebuildNote.Plan(2, 4, Phase.RESETTING, ASKED_AT);
        note().write(next);

        end(abandoned);

        assertThat(note().read()).contains(next);
    }

    @Test
    void fromTheResetOnNothingGoesLiveBeforeOneHasSucceeded() throws Exception {
        PluginInstance failed = start(RESET + "throw new IllegalStateException(); } " + HANDLE + "}");
        assertThat(failed.awaitEnd(PATIENCE)).isTrue();
        assertThat(failed.activity().failure())
                .contains("the reset of plugin instance mine failed (java.lang.IllegalStateException, at"
                        + " acme.Handler.reset(Handler.java:1))");
        assertThat(phase()).isEqualTo(Phase.RESETTING);
        assertThat(journal.saved("mine")).isEqualTo(4);

        assertThatThrownBy(() -> PluginInstance.start(
                        definition(),
                        () -> {
                            throw new PluginException("no such jar");
                        },
                        access()))
                .isInstanceOf(PluginException.class);
        assertThat(phase()).isEqualTo(Phase.RESETTING);

        PluginInstance mended = start("private boolean again; " + RESET
                + "if (!again) { again = true; throw new RetryLater(\"the target is away\"); } } " + HANDLE + "}");
        await(() -> phase() == Phase.DONE);
        assertThat(mended.status().handled()).isEqualTo(3);
        stop(mended);
    }

    @Test
    void nothingParkedIsForgottenBeforeTheCursorStandsAtTheBeginning() throws Exception {
        journal.makeReadOnly(true);
        PluginInstance failed = start(RESET + "} " + HANDLE + "}");
        assertThat(failed.awaitEnd(PATIENCE)).isTrue();
        assertThat(phase()).isEqualTo(Phase.RESETTING);
        assertThat(parked().sequences()).containsExactly(2L);

        journal.makeReadOnly(false);
        PluginInstance next = start(RESET + "} " + HANDLE + "}");
        await(() -> phase() == Phase.DONE);
        assertThat(parked().sequences()).isEmpty();
        stop(next);
    }

    @Test
    void oneThatCannotBeginIsGivenUpAndTheInstanceGoesOnWhereItStood() throws Exception {
        PluginInstance failed =
                start("public Handler() { throw new IllegalStateException(); } " + RESET + "} " + HANDLE + "}");
        assertThat(failed.awaitEnd(PATIENCE)).isTrue();
        assertThat(phase()).isEqualTo(Phase.GIVEN_UP);

        PluginInstance next = start(RESET + "} " + HANDLE + "}");
        journal.event("d");
        await(() -> next.status().handled() == 1);
        assertThat(phase()).isEqualTo(Phase.GIVEN_UP);
        stop(next);
    }

    @Test
    void aResetThatWasLostInACrashIsRepeated() throws Exception {
        note().write(ASKED.in(Phase.REPLAYING));
        journal.open("mine").save(2);
        own("4");

        PluginInstance instance = start("OwnPosition", OWN + RESET + "java.nio.file.Files.deleteIfExists(own); }");

        await(() -> phase() == Phase.DONE);
        assertThat(instance.status().handled()).isEqualTo(3);
        stop(instance);
    }

    @Test
    void aHandlerThatKeepsItsPositionThroughItsResetIsRefused() throws Exception {
        own("4");

        PluginInstance instance = start("OwnPosition", OWN + RESET + "}");

        assertThat(instance.awaitEnd(PATIENCE)).isTrue();
        assertThat(instance.activity().failure())
                .contains(
                        "plugin instance mine is not rebuilt: its own position is 4 right after its reset(), which is to"
                                + " forget that as well");
        assertThat(phase()).isEqualTo(Phase.REPLAYING);
    }

    private void own(String position) throws Exception {
        Path directory = Files.createDirectories(files().plugin("mine"));
        Files.writeString(directory.resolve("own"), position);
    }

    private void end(PluginInstance abandoned) throws Exception {
        handlerClass.getField("end").setBoolean(null, true);
        assertThat(abandoned.awaitEnd(PATIENCE)).isTrue();
    }

    private static void stop(PluginInstance instance) {
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
    }

    private InstanceFiles files() {
        return InstanceFiles.in(folder.resolve("data"), "main");
    }

    private RebuildNote note() {
        return RebuildNote.of(files(), "mine");
    }

    private Phase phase() {
        return note().read().orElseThrow().phase();
    }

    private ParkedStore parked() {
        return new ParkedStore(files().parked("mine"));
    }

    private boolean isSet(String flag) {
        try {
            return handlerClass.getField(flag).getBoolean(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private PluginInstance start(String body) throws Exception {
        return start("Rebuildable", body);
    }

    private PluginInstance start(String also, String body) throws Exception {
        String interfaces = also.equals("Rebuildable") ? also : "Rebuildable, " + also;
        new PluginJar()
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler, " + interfaces
                                + " { public static volatile boolean entered; public static volatile boolean end; "
                                + body
                                + " }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(folder.resolve("test/a.jar"));
        Plugin plugin = PluginCatalog.in(List.of(folder)).find("test");
        handlerClass = plugin.loader().loadClass("acme.Handler");
        return PluginInstance.start(definition(), () -> plugin, access());
    }

    private static PluginInstance.Definition definition() {
        return new PluginInstance.Definition(
                "mine",
                EventChoice.ALL,
                Optional.empty(),
                Position.EARLIEST,
                LostPosition.STOP,
                RawSettings.none("mine"));
    }

    private SubscriptionAccess access() {
        return new SubscriptionAccess(
                journal,
                journal,
                (name, position) -> journal.open(name).save(position),
                files(),
                new MetricsOfPlugins());
    }

    /** Each save and each append wakes us. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        synchronized (journal) {
            while (!condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.timedWait(journal, 20);
            }
        }
    }
}
