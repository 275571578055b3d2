package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.journal.LostPositionException;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginInstanceTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where the end of this is waited for in any case. */
    private static final Duration IMPATIENCE = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final MetricsOfPlugins metrics = new MetricsOfPlugins();
    private final RawSettings settings = RawSettings.none("mine");
    private LostPosition onLostPosition = LostPosition.STOP;
    private Cursors cursors = journal;
    private ObjLongConsumer<String> setter =
            (name, position) -> journal.open(name).save(position);

    @Test
    void anInstanceFollowsTheJournalAndSavesItsPositionUnderItsName() throws Exception {
        journal.event("old");
        PluginInstance instance = start(HANDLE + "}", Position.LATEST);
        journal.event("a").event("b");

        await(() -> instance.status().handled() == 2 && Long.valueOf(4).equals(journal.saved("mine")));

        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
        assertThat(instance.status().state()).isEqualTo(InstanceState.STOPPED);
        assertThat(journal.saves()).startsWith(2L);
    }

    @Test
    void theSavedPositionIsStrongerThanTheStart() throws Exception {
        journal.event("a").event("b");
        journal.open("mine").save(2);

        PluginInstance instance = start(HANDLE + "}", Position.EARLIEST);

        await(() -> Long.valueOf(3).equals(journal.saved("mine")));
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
        assertThat(instance.status().handled()).isEqualTo(1);
    }

    @Test
    void theHandlerRunsInItsOwnContextOnAThreadNamedAfterTheInstance() throws Exception {
        journal.event("a");
        PluginInstance instance = start(
                HANDLE + " if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) throw new"
                        + " Exception(); if (!Thread.currentThread().getName().equals(\"plugin mine\")) throw new"
                        + " Exception(); }",
                Position.EARLIEST);

        await(() -> instance.status().handled() == 1);
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
    }

    @Test
    void aHandlerThatWaitsIsInterruptedAndItsEventKept() throws Exception {
        journal.event("a");
        PluginInstance instance = start(
                "public static volatile boolean entered; public static volatile boolean interrupted; " + HANDLE
                        + " entered = true; try { new java.util.concurrent.CountDownLatch(1).await(); } catch"
                        + " (InterruptedException e) { interrupted = true; throw e; } }",
                Position.EARLIEST);
        await(() -> isSet("entered"));

        assertThat(RunningInstance.stopAll(List.of(instance), IMPATIENCE, PATIENCE))
                .isTrue();

        assertThat(isSet("interrupted")).isTrue();
        assertThat(instance.status().handled()).isZero();
        assertThat(journal.saved("mine")).isEqualTo(1L);
    }

    @Test
    void aHandlerThatHoldsTheMonitorOfItsThreadHoldsUpNobodyElse() throws Exception {
        journal.event("a");
        PluginInstance instance = start(
                "public static volatile boolean entered; public static volatile boolean end; " + HANDLE
                        + " synchronized (Thread.currentThread()) { entered = true; while (!end) { Thread.onSpinWait(); } } }",
                Position.EARLIEST);
        await(() -> isSet("entered"));

        assertThat(RunningInstance.stopAll(List.of(instance), IMPATIENCE, IMPATIENCE))
                .isFalse();

        assertThat(instance.status().state()).isEqualTo(InstanceState.ABANDONED);
        handlerClass.getField("end").setBoolean(null, true);
    }

    @Test
    void aHandlerThatLoopsIsAbandoned() throws Exception {
        journal.event("a");
        PluginInstance instance = start(
                "public static volatile boolean entered; public static volatile boolean end; " + HANDLE
                        + " entered = true; while (!end) { Thread.onSpinWait(); } }",
                Position.EARLIEST);
        await(() -> isSet("entered"));

        assertThat(RunningInstance.stopAll(List.of(instance), IMPATIENCE, IMPATIENCE))
                .isFalse();

        assertThat(instance.status().state()).isEqualTo(InstanceState.ABANDONED);
        assertThat(journal.saved("mine")).isEqualTo(1L);
        handlerClass.getField("end").setBoolean(null, true);
    }

    @Test
    void aConstructorThatFailsEndsTheInstanceOnly() throws Exception {
        PluginInstance instance =
                start("public Handler() { throw new AssertionError(); } " + HANDLE + "}", Position.LATEST);

        await(() -> instance.status().state() == InstanceState.FAILED);

        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
        assertThat(instance.status().state()).isEqualTo(InstanceState.FAILED);
    }

    @Test
    void aHandlerThatCanBeClosedIsClosedByItsThread() throws Exception {
        new PluginJar()
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler, AutoCloseable { public static volatile String closedBy;"
                                + HANDLE + "} public void close() { closedBy = Thread.currentThread().getName();"
                                + " throw new IllegalStateException(); } }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(folder.resolve("test/a.jar"));
        PluginInstance instance = start(Position.LATEST);

        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();

        assertThat(handlerClass.getField("closedBy").get(null)).isEqualTo("plugin mine");
    }

    @Test
    void thePositionIsFixedAlsoIfThePluginIsMissing() {
        journal.event("old");
        PluginInstance.Definition definition = new PluginInstance.Definition(
                "mine", EventChoice.ALL, Optional.empty(), Position.LATEST, LostPosition.STOP, settings);

        assertThatThrownBy(() -> PluginInstance.start(
                        definition, () -> PluginCatalog.in(List.of(folder)).find("test"), access(journal)))
                .isInstanceOf(PluginException.class);

        assertThat(journal.saved("mine")).isEqualTo(2L);
    }

    private static final String REMEDY =
            "Set it with 'zoom-ws cursors set mine P' (earliest, latest, a sequence number or a time), then 'zoom-ws plugins start"
                    + " mine', or start the server; nothing is guessed";

    @Test
    void aCursorFromTheFutureIsRefused() {
        journal.event("a");
        journal.open("mine").save(1000);

        assertThatThrownBy(() -> start(HANDLE + "}", Position.EARLIEST))
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "its cursor mine stands at sequence 1000, but the journal of main ends at 1: it was saved for"
                                + " another journal, and what comes next would be skipped. Restore that journal; or: "
                                + REMEDY);
        assertThat(journal.saved("mine")).isEqualTo(1000L);
    }

    @Test
    void aCursorBeforeTheOldestEntryIsRefused() {
        journal.event("a").event("b").event("c");
        journal.open("mine").save(1);
        journal.removeBefore(3);

        assertThatThrownBy(() -> start(HANDLE + "}", Position.EARLIEST))
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "its cursor mine stands at sequence 1, and the oldest entry of main is 3: sequences 1 to 2 were"
                                + " removed before they were delivered. " + REMEDY);
        assertThat(journal.saved("mine")).isEqualTo(1L);
    }

    @Test
    void aPositionThatCannotBeUsedIsAnsweredAsConfiguredAndWhatIsSkippedIsNamed() throws Exception {
        journal.event("a").event("b").event("c");
        journal.removeBefore(2);
        expect(
                LostPosition.EARLIEST,
                1,
                2,
                "plugin instance mine: the oldest entry is 2, and on-lost-position is earliest: sequences 1 to 1 were NOT"
                        + " delivered; it goes on at 2");
        expect(
                LostPosition.LATEST,
                1,
                4,
                "plugin instance mine: the oldest entry is 2, and on-lost-position is latest: sequences 1 to 3 were NOT"
                        + " delivered; it goes on at 4");
        String future =
                "plugin instance mine: its cursor mine stands at sequence 9, behind the end of the journal at 3, and"
                        + " on-lost-position is ";
        expect(
                LostPosition.EARLIEST,
                9,
                2,
                future + "earliest: it goes on at 2; what was delivered before is delivered again");
        expect(
                LostPosition.LATEST,
                9,
                4,
                future + "latest: it goes on at 4; sequences 2 to 3 are SKIPPED, delivered before or not");
    }

    private void expect(LostPosition choice, long saved, long begins, String line) throws Exception {
        onLostPosition = choice;
        journal.open("mine").save(saved);
        int before = journal.saves().size();
        try (LoggedLines lines = LoggedLines.of(SavedPosition.class)) {
            PluginInstance instance = start(HANDLE + "}", Position.EARLIEST);
            assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                    .isTrue();
            assertThat(lines.warnings()).containsExactly(line);
        }
        assertThat(journal.saves().get(before)).isEqualTo(begins);
    }

    @Test
    void aLostOrDamagedCursorIsAnsweredAsConfigured() throws Exception {
        journal.event("a").event("b");
        CursorStore store = Journals.cursors(folder.resolve("data"), "main");
        cursors = store;
        setter = store::set;
        Path file = folder.resolve("data/main/cursors/mine");
        for (boolean damaged : new boolean[] {true, false}) {
            store.set("mine", 1);
            makeUnusable(file, damaged);
            onLostPosition = LostPosition.STOP;
            assertThatThrownBy(() -> start(HANDLE + "}", Position.EARLIEST))
                    .isInstanceOf(LostPositionException.class)
                    .hasMessageContaining("zoom-ws cursors set mine P");
            for (LostPosition choice : List.of(LostPosition.EARLIEST, LostPosition.LATEST)) {
                makeUnusable(file, damaged);
                onLostPosition = choice;
                try (LoggedLines lines = LoggedLines.of(SavedPosition.class)) {
                    PluginInstance instance = start(HANDLE + "}", new Position.Sequence(2));
                    assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                            .isTrue();
                    assertThat(lines.warnings())
                            .containsExactly("plugin instance mine: its saved position is lost or damaged, and"
                                    + " on-lost-position is " + choice + ": it begins at sequence "
                                    + (choice == LostPosition.LATEST
                                            ? "3; sequences 1 to 2 are SKIPPED, delivered before or not"
                                            : "1; what was delivered before is delivered again"));
                }
            }
        }
    }

    private static void makeUnusable(Path file, boolean damaged) throws IOException {
        if (damaged) {
            Files.write(file, new byte[32]);
        } else {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void anInstanceThatRetentionOvertakesStopsAndSaysWhatIsLost() throws Exception {
        journal.event("a").event("b").event("c").event("d");
        PluginInstance instance = startBlocked();
        try (LoggedLines lines = LoggedLines.of(PluginInstance.class)) {
            journal.breakTailers(3);
            release();
            await(() -> instance.status().state() == InstanceState.FAILED);

            assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                    .isTrue();
            assertThat(lines.errors())
                    .containsExactly(
                            "its cursor mine stands at sequence 2, and the oldest entry of main is 3: sequences 2"
                                    + " to 2 were removed before they were delivered. " + REMEDY
                                    + "; instance mine does not run");
        }
        assertThat(journal.saved("mine")).isEqualTo(2L);
    }

    @Test
    void anInstanceThatRetentionOvertakesGoesOnWhereConfigured() throws Exception {
        journal.event("a").event("b").event("c").event("d");
        onLostPosition = LostPosition.EARLIEST;
        PluginInstance instance = startBlocked();
        try (LoggedLines lines = LoggedLines.of(SavedPosition.class)) {
            journal.breakTailers(4);
            release();
            await(() -> Long.valueOf(5).equals(journal.saved("mine")));

            assertThat(lines.warnings())
                    .containsExactly("plugin instance mine: the oldest entry is 4, and on-lost-position is earliest:"
                            + " sequences 2 to 3 were NOT delivered; it goes on at 4");
        }
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
        assertThat(instance.status().handled()).isEqualTo(2);
    }

    /** Busy with the first event until it is released. */
    private PluginInstance startBlocked() throws Exception {
        PluginInstance instance = start(
                "public static volatile boolean entered;"
                        + " public static final java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1); "
                        + HANDLE + " entered = true; go.await(); }",
                Position.EARLIEST);
        await(() -> isSet("entered"));
        return instance;
    }

    private void release() throws Exception {
        ((CountDownLatch) handlerClass.getField("go").get(null)).countDown();
    }

    @Test
    void aStartInTheFutureIsRefusedBeforeItIsSaved() {
        journal.event("a");

        assertThatThrownBy(() -> start(HANDLE + "}", new Position.Sequence(1000)))
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        "its start is sequence 1000, but the journal of main ends at 1: use latest to begin with what"
                                + " comes");
        assertThat(journal.saved("mine")).isNull();
    }

    @Test
    void aStartBeforeTheOldestEntryBeginsThereAndIsTold() throws Exception {
        journal.event("a").event("b").event("c");
        journal.removeBefore(3);
        try (LoggedLines lines = LoggedLines.of(SavedPosition.class)) {
            PluginInstance instance = start(HANDLE + "}", new Position.Sequence(2));
            await(() -> Long.valueOf(4).equals(journal.saved("mine")));

            assertThat(lines.warnings())
                    .containsExactly(
                            "plugin instance mine: its start is sequence 2, and the oldest entry is 3: it begins"
                                    + " there");
            assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                    .isTrue();
        }
        assertThat(journal.saves()).startsWith(3L);
    }

    @Test
    void nothingOfAMessageThatAHandlerThrowsIsLogged() throws Exception {
        journal.event("secret");
        try (LoggedLines lines = LoggedLines.of(EntryDelivery.class);
                LoggedLines parked = LoggedLines.of(Parking.class)) {
            PluginInstance instance = start(
                    HANDLE
                            + "\n try { Integer.parseInt(event.json()); }"
                            + "\n catch (NumberFormatException e) {"
                            + "\n throw new IllegalArgumentException(\"cannot parse \" + event.json(), e); } }",
                    Position.EARLIEST);
            await(() -> instance.status().parked() == 1);
            assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                    .isTrue();

            String told = "(java.lang.IllegalArgumentException, caused by java.lang.NumberFormatException, at"
                    + " acme.Handler.handle(Handler.java:4))";
            assertThat(lines.warnings()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .startsWith("plugin instance mine failed at sequence 1 " + told + "; again in "));
            assertThat(parked.errors())
                    .containsExactly(
                            "plugin instance mine failed at sequence 1, after 4 attempts: this entry is PARKED " + told
                                    + "; see 'zoom-ws parked show mine 1', and when the plugin is mended, 'zoom-ws parked redrive mine"
                                    + " 1'");
            assertThat(lines.printsExceptions() || parked.printsExceptions()).isFalse();
        }
    }

    @Test
    void nothingOfAMessageThatAHandlerThrowsWhenItIsClosedIsLogged() throws Exception {
        new PluginJar()
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler, AutoCloseable { " + HANDLE
                                + "} public void close() { throw new IllegalStateException(\"still held: secret\"); } }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(folder.resolve("test/a.jar"));
        try (LoggedLines lines = LoggedLines.of(HandlerEnd.class)) {
            PluginInstance instance = start(Position.LATEST);
            assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                    .isTrue();

            assertThat(lines.warnings())
                    .containsExactly("plugin instance mine failed to close (java.lang.IllegalStateException, at"
                            + " acme.Handler.close(Handler.java:1))");
        }
    }

    private Class<?> handlerClass = Object.class;

    private boolean isSet(String flag) {
        try {
            return handlerClass.getField(flag).getBoolean(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private PluginInstance start(String body, Position start) throws Exception {
        PluginJar.withHandler(body).writeTo(folder.resolve("test/a.jar"));
        return start(start);
    }

    private PluginInstance start(Position start) throws Exception {
        Plugin plugin = PluginCatalog.in(List.of(folder)).find("test");
        handlerClass = plugin.loader().loadClass("acme.Handler");
        return PluginInstance.start(
                new PluginInstance.Definition(
                        "mine", EventChoice.ALL, Optional.empty(), start, onLostPosition, settings),
                () -> plugin,
                access(cursors));
    }

    private SubscriptionAccess access(Cursors of) {
        return new SubscriptionAccess(journal, of, setter, InstanceFiles.in(folder.resolve("data"), "main"), metrics);
    }

    /** Waits for the instance's thread; each save and each append wakes us. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        synchronized (journal) {
            while (!condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.timedWait(journal, 20);
            }
        }
    }
}
