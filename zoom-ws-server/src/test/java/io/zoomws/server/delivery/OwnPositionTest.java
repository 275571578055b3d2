package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.InstanceContext;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.Position;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a handler says before it is handed anything; and what is parked and redriven by an instance that runs. */
@Timeout(60)
class OwnPositionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Begins where its folder has a file "position", and stores it there if there is a file "stores"; asks to try later while
     * there is a file "away".
     */
    private static final String HANDLER = """
            public class Handler implements EventHandler, OwnPosition {
                private final java.nio.file.Path folder;
                private final ParkedQueue parked;
                public Handler(PluginContext context, ParkedQueue parked) {
                    this.folder = context.directory();
                    this.parked = parked;
                }
                public java.util.OptionalLong position() throws Exception {
                    if (java.nio.file.Files.exists(folder.resolve("away"))) {
                        throw new RetryLater("away");
                    }
                    java.nio.file.Path file = folder.resolve("position");
                    return java.nio.file.Files.exists(file)
                        ? java.util.OptionalLong.of(Long.parseLong(java.nio.file.Files.readString(file)))
                        : java.util.OptionalLong.empty();
                }
                public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                    if (event.type().equals("redrive")) {
                        parked.redrive(parked.entries().get(0).sequence());
                    }
                    if (event.type().equals("bad") && delivery.attempt() < 5) {
                        throw new Exception();
                    }
                    if (java.nio.file.Files.exists(folder.resolve("stores"))) {
                        java.nio.file.Files.writeString(folder.resolve("position"), "" + (event.sequence() + 1));
                    }
                }
            }
            """;

    private static final ReplayWatcher NOBODY = new ReplayWatcher() {
        @Override
        public void at(long next, long handled, long parked) {}

        @Override
        public void waiting(Duration left) {}
    };

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private LostPosition onLostPosition = LostPosition.STOP;
    private EventChoice events = EventChoice.ALL;

    @BeforeEach
    void aPlugin() {
        new PluginJar()
                .source("acme.Handler", HANDLER)
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(folder.resolve("test/a.jar"));
        journal.event("a").event("b").event("c");
    }

    @Test
    void anInstanceBeginsWhereItsHandlerSaysBeforeAndBehindItsCursorWhichFollows() throws Exception {
        journal.open("mine").save(4);
        stores("2");
        PluginInstance instance = start();
        await(() -> instance.status().handled() == 2 && instance.status().position() == 4);
        stop(instance);
        assertThat(journal.saves()).startsWith(4L, 2L);

        journal.open("mine").save(1);
        stores("3");
        PluginInstance next = start();
        await(() -> next.status().handled() == 1 && Long.valueOf(4).equals(journal.saved("mine")));
        stop(next);
    }

    @Test
    void anOwnPositionThatCannotBeUsedIsAnsweredAsACursorsIs() throws Exception {
        stores("9");
        try (LoggedLines lines = LoggedLines.of(PluginInstance.class)) {
            PluginInstance instance = start();
            await(() -> instance.status().state() == InstanceState.FAILED);
            stop(instance);
            assertThat(lines.errors())
                    .containsExactly(
                            "its own position stands at sequence 9, but the journal of main ends at 3: it was saved"
                                    + " for another journal, and what comes next would be skipped. Restore that journal; or: Put it"
                                    + " right where the plugin stores it, or set on-lost-position, and start the instance again;"
                                    + " nothing is guessed; instance mine does not run");
        }
        onLostPosition = LostPosition.EARLIEST;
        try (LoggedLines lines = LoggedLines.of(SavedPosition.class)) {
            PluginInstance instance = start();
            await(() -> instance.status().handled() == 3);
            stop(instance);
            assertThat(lines.warnings())
                    .containsExactly(
                            "plugin instance mine: its own position stands at sequence 9, behind the end of the"
                                    + " journal at 3, and on-lost-position is earliest: it goes on at 1; what was delivered before is"
                                    + " delivered again");
        }
    }

    @Test
    void oneThatFewEventsConcernIsNotOvertakenByRetention() throws Exception {
        Files.createFile(files().plugin("mine").resolve("stores"));
        events = EventChoice.of(EventFilter.of(List.of("a")));
        PluginInstance instance = start();
        await(() -> Long.valueOf(4).equals(journal.saved("mine")));
        stop(instance);
        assertThat(instance.status().handled()).isEqualTo(1);
        journal.event("b").removeBefore(4);

        PluginInstance next = start();
        journal.event("a");
        await(() -> next.status().handled() == 1 && next.status().position() == 6);
        stop(next);
        assertThat(note()).hasContent("{\"version\":1,\"own\":6,\"settled\":6}");
    }

    @Test
    void whatWasDiscardedDoesNotComeAgainAlsoAfterACrash() throws Exception {
        Files.createFile(files().plugin("mine").resolve("stores"));
        journal.event("bad");
        PluginInstance instance = start();
        await(() -> Files.exists(note()));
        String whenItWasParked = Files.readString(note());
        stop(instance);
        new ParkedStore(parked()).discard(4);
        Files.writeString(note(), whenItWasParked);

        PluginInstance next = start();
        journal.event("c");
        await(() -> next.status().position() == 6);
        stop(next);
        assertThat(next.status().handled()).isEqualTo(1);
        assertThat(next.status().retries()).isZero();
    }

    @Test
    void aStoreThatIsAwayIsAskedAgainAndOneThatFailsIsRefused() throws Exception {
        int[] asked = {0};
        assertThat(ask(() -> {
                    if (asked[0]++ == 0) {
                        throw new RetryLater("away");
                    }
                    return OptionalLong.of(7);
                }))
                .hasValue(7);
        assertThat(asked[0]).isEqualTo(2);

        String refused = "plugin test is refused: ";
        String where = " [" + folder.resolve("test/a.jar") + "]; ";
        assertThatThrownBy(() -> ask(() -> {
                    throw new IllegalStateException("password");
                }))
                .isInstanceOf(PluginException.class)
                .hasMessage(refused + "its own position cannot be read (java.lang.IllegalStateException)" + where
                        + "see to what it is stored in");
        assertThatThrownBy(() -> ask(OwnPositionTest::nothing))
                .isInstanceOf(PluginException.class)
                .hasMessage(refused + "its position() returned null" + where + "return an OptionalLong, empty perhaps");
    }

    @Test
    void batchesOfNoSizeAreRefused() throws Exception {
        assertThatThrownBy(() -> handlerStart().call(new Batches(0), Optional.empty()))
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin test is refused: its batchSize() is 0 [" + folder.resolve("test/a.jar")
                        + "]; return 1 or more");
        assertThat(handlerStart().call(new Batches(2), Optional.empty()).batchSize())
                .isEqualTo(2);
    }

    @Test
    void aReplayBeginsWithItsRangeWhateverItsHandlerHadStoredBefore() throws Exception {
        stores("3");

        assertThat(replay(begun()).record().done().handled()).isEqualTo(3);
    }

    @Test
    void aReplayThatGoesOnBeginsWhereItsHandlerHasStoredItsPositionMeanwhile() throws Exception {
        Replays.Hold hold = begun();
        hold.save(hold.record().orElseThrow().withOwnBefore(0));
        hold.close();
        stores("3");

        Replay.Result result = replay(replays().take("replay-mine", false));

        assertThat(result.record().done().handled()).isEqualTo(1);
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void aReplayThatWasKilledBeforeItsHandlerToldItsPositionDoesNotTakeALeftoverForItsOwn() throws Exception {
        stores("3");
        begun().close();

        assertThat(replay(replays().take("replay-mine", false)).record().done().handled())
                .isEqualTo(3);
    }

    @Test
    void aReplayThatWasStoppedWhileItsHandlerCouldNotTellItsPositionDoesNotTakeALeftoverForItsOwn() throws Exception {
        stores("3");
        Path away = Files.createFile(files().plugin("mine").resolve("away"));
        try (Replays.Hold hold = begun()) {
            Replay replay = prepared(hold);
            Thread stopper = new Thread(() -> {
                try {
                    replay.stop(PATIENCE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            stopper.start();
            assertThat(replay.run(NOBODY).next()).isEqualTo(1);
            stopper.join();
        }
        Files.delete(away);

        assertThat(replay(replays().take("replay-mine", false)).record().done().handled())
                .isEqualTo(3);
    }

    @Test
    void aRunningInstanceRedrivesWhatAnotherProcessOrItsOwnHandlerAsksFor() throws Exception {
        journal.event("bad");
        PluginInstance instance = start();
        await(() -> instance.status().parkedNow() == 1);
        new ParkedStore(parked()).redrive(4);
        await(() -> instance.status().parkedNow() == 0);
        assertThat(instance.status().handled()).isEqualTo(4);

        journal.event("bad");
        await(() -> instance.status().parkedNow() == 1);
        journal.event("redrive");
        await(() -> instance.status().parkedNow() == 0);
        assertThat(instance.status().handled()).isEqualTo(6);
        assertThat(instance.status().parked()).isEqualTo(2);
        stop(instance);
    }

    /** Takes batches of a size. */
    private record Batches(int batchSize) implements BatchHandler {
        @Override
        public void handle(List<ZoomEvent> events, Delivery delivery) {}
    }

    /** Answers when it is asked for its position. */
    private record Asked(OwnPosition answer) implements EventHandler, OwnPosition {
        @Override
        public void handle(ZoomEvent event, Delivery delivery) {}

        @Override
        public OptionalLong position() throws Exception {
            return answer.position();
        }
    }

    private OptionalLong ask(OwnPosition answer) throws PluginException {
        StopSignal impatient = new StopSignal() {
            @Override
            boolean pause(Duration duration) {
                return false;
            }
        };
        return handlerStart().position(new Asked(answer), impatient, new Random(1));
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"})
    private static OptionalLong nothing() {
        return null;
    }

    private HandlerStart handlerStart() throws PluginException {
        return new HandlerStart("mine", plugin(), new InterruptGate());
    }

    private Plugin plugin() throws PluginException {
        return PluginCatalog.in(List.of(folder)).find("test");
    }

    private InstanceFiles files() {
        return InstanceFiles.in(folder.resolve("data"), "main");
    }

    private Path parked() {
        return files().parked("mine");
    }

    private Path note() {
        return files().subscription().resolve("own-positions/mine.json");
    }

    private void stores(String position) throws Exception {
        Files.writeString(files().plugin("mine").resolve("position"), position);
    }

    private Replays replays() {
        return Replays.in(folder.resolve("data"), "main");
    }

    /** A replay of everything that has delivered nothing yet. */
    private Replays.Hold begun() {
        Replays.Hold hold = replays().take("replay-mine", true);
        hold.begin(new ReplayRecord(
                "replay-mine",
                "mine",
                "test",
                1,
                4,
                List.of(),
                List.of(),
                Speed.MAX,
                Instant.EPOCH,
                OptionalLong.empty(),
                ReplayRecord.Done.NOTHING));
        return hold;
    }

    private Replay.Result replay(Replays.Hold hold) throws PluginException {
        try (hold) {
            return prepared(hold).run(NOBODY);
        }
    }

    private Replay prepared(Replays.Hold hold) throws PluginException {
        HostServices services = new HostServices(
                new InstanceContext("replay-mine", "main", files().plugin("mine")),
                journal,
                journal,
                Clock.systemUTC(),
                new MetricsOfPlugins().begin("replay-mine", "main"),
                new ParkedStore(files().parked("replay-mine")),
                RawSettings.none("mine"));
        return new Replay(plugin(), services, Optional.empty(), hold);
    }

    private PluginInstance start() throws Exception {
        Plugin plugin = plugin();
        return PluginInstance.start(
                new PluginInstance.Definition(
                        "mine", events, Optional.empty(), Position.EARLIEST, onLostPosition, RawSettings.none("mine")),
                () -> plugin,
                new SubscriptionAccess(journal, journal, (name, position) -> {}, files(), new MetricsOfPlugins()));
    }

    private static void stop(PluginInstance instance) {
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
    }

    /** Waits for the instance's thread; each save wakes us. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        synchronized (journal) {
            while (!condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.timedWait(journal, 20);
            }
        }
    }
}
