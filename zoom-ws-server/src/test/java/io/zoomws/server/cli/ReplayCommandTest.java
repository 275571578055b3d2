package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Journals;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.delivery.Speed;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.ParkedEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a journal of ten events, sequence 2 to 11, received at ten successive milliseconds of 2026. */
@Timeout(120)
class ReplayCommandTest {

    private static final String HANDLE =
            "public void handle(ZoomEvent event, Delivery delivery) throws Exception { record(event); }";

    @TempDir
    private Path directory;

    private ReplayWorkplace work;

    @BeforeEach
    void prepare() throws Exception {
        work = new ReplayWorkplace(directory)
                .journal(10)
                .plugin("recorder", PluginJar.withHandler(ReplayWorkplace.RECORDER + HANDLE))
                .configure("mine: { plugin: recorder, events: [meeting.started] }, other: { plugin: recorder }");
    }

    private List<String> replayed() throws Exception {
        return Files.readAllLines(work.log("mine"));
    }

    private void begin(String name, long from, long to) {
        try (Replays.Hold hold = Replays.in(work.data(), "main").take(name, false)) {
            hold.begin(new ReplayRecord(
                    name,
                    "mine",
                    "recorder",
                    from,
                    to,
                    List.of(),
                    List.of(),
                    Speed.MAX,
                    ReplayWorkplace.FIRST,
                    OptionalLong.empty(),
                    ReplayRecord.Done.NOTHING));
        }
    }

    private void assertUsage(String message) {
        assertThat(work.messages()).isEqualTo("zoom-ws: " + message + "\nTry 'zoom-ws replay --help'.\n");
    }

    @Test
    void theFiltersAreThoseOfTheInstanceUnlessOthersAreGiven() throws Exception {
        assertThat(work.replay("--plugin", "mine")).isZero();
        assertThat(replayed()).containsExactly("2 id-0", "4 id-2", "6 id-4", "8 id-6", "10 id-8");
        Files.delete(work.log("mine"));

        assertThat(work.replay("--plugin", "mine", "--event", "*", "--account", "a1", "--from", "6"))
                .isZero();
        assertThat(replayed()).containsExactly("7 id-5", "9 id-7", "11 id-9");
    }

    @Test
    void theTimingOfTheEventsCanBeKept() throws Exception {
        assertThat(work.replay("--plugin", "mine", "--speed", "10x")).isZero();

        assertThat(replayed()).containsExactly("2 id-0", "4 id-2", "6 id-4", "8 id-6", "10 id-8");
    }

    @Test
    void aPluginWithSideEffectsIsRefusedUnlessForced() throws Exception {
        work.plugin(
                "mailer",
                new PluginJar()
                        .source(
                                "acme.Mailer",
                                "@SideEffects(\"sends a mail for each recording\") public class Mailer implements"
                                        + " EventHandler { static { if (true) throw new Error(\"run\"); } public void"
                                        + " handle(ZoomEvent event, Delivery delivery) {} }")
                        .service("io.zoomws.spi.EventHandler", "acme.Mailer"));

        assertThat(work.replay("--plugin", "mailer")).isEqualTo(1);
        assertThat(work.messages())
                .as("and none of its code ran")
                .isEqualTo(
                        "zoom-ws: the plugin mailer has side effects that a replay would repeat (sends a mail for each"
                                + " recording): if that is what you want, say --force\n");

        assertThat(work.replay("--plugin", "mailer", "--force")).isEqualTo(1);
        assertThat(work.messages()).contains("its handler acme.Mailer cannot be built");
        assertThat(Replays.in(work.data(), "main").names())
                .as("one that never began is nothing to go on with")
                .isEmpty();
    }

    @Test
    void aPluginForWhichAReplayMakesNoSenseIsRefusedEvenIfForced() throws Exception {
        work.plugin(
                "routes",
                new PluginJar()
                        .source(
                                "acme.Routes",
                                "@NotReplayable(\"replay elsewhere\") public class Routes implements"
                                        + " EventHandler { public void handle(ZoomEvent event, Delivery delivery) {} }")
                        .service("io.zoomws.spi.EventHandler", "acme.Routes"));

        assertThat(work.replay("--plugin", "routes", "--force")).isEqualTo(1);
        assertThat(work.messages()).isEqualTo("zoom-ws: the plugin routes cannot be replayed: replay elsewhere\n");
    }

    @Test
    void oneThatWasInterruptedIsNotBegunAgainWithoutAWord() throws Exception {
        begin("replay-mine", 3, 6);

        assertThat(work.replay("--plugin", "mine")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo(
                        "zoom-ws: the replay replay-mine of sequence 3 to 5, begun at 2026-01-01T00:00:00Z, was interrupted"
                                + " before sequence 3: go on with 'zoom-ws replay --resume --plugin mine', or begin anew with"
                                + " --restart\n");

        assertThat(work.replay("--resume")).isZero();
        assertThat(replayed()).containsExactly("3 id-1", "4 id-2", "5 id-3");
        assertThat(work.replay("--resume")).isEqualTo(1);
        assertThat(work.messages()).isEqualTo("zoom-ws: there is no interrupted replay of main\n");
        assertThat(work.replay("--resume", "--plugin", "mine")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo("zoom-ws: there is no interrupted replay replay-mine of main: begin it without --resume\n");
    }

    @Test
    void oneThatWasInterruptedCanBeBegunAnew() throws Exception {
        begin("replay-mine", 3, 6);

        assertThat(work.replay("--plugin", "mine", "--restart", "--from", "10")).isZero();

        assertThat(replayed()).containsExactly("10 id-8");
    }

    @Test
    void whatIsParkedAndWhatWaitsBehindItIsNamedAndHandledByAReplayOfThatRange() throws Exception {
        work.configure("mine: { plugin: recorder, order-by: /payload/account_id }")
                .plugin(
                        "recorder",
                        PluginJar.withHandler(ReplayWorkplace.RECORDER + """
                        public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                            if (event.sequence() == 4 && !new java.io.File("%s").exists()) {
                                throw new Exception();
                            }
                            record(event);
                        }
                        """.formatted(directory.resolve("mended"))));

        assertThat(work.replay("--plugin", "mine", "--to", "9")).isEqualTo(1);
        assertThat(work.messages())
                .endsWith("replayed sequence 1 to 8: 4 events handled, 0 gaps, 3 parked\n"
                        + "parked: 3 entries from sequence 4 to 8, 2 of them undelivered behind one of their key; when the"
                        + " plugin is mended, replay once more as before, but with --from 4 --to 9 --restart\n");

        Files.createFile(directory.resolve("mended"));
        assertThat(work.replay("--plugin", "mine", "--from", "9")).isEqualTo(1);
        assertThat(work.messages())
                .as("it would hold up sequence 10")
                .isEqualTo(
                        "zoom-ws: an earlier replay replay-mine has parked 3 entries from sequence 4 to 8: have them handled"
                                + " with --from 4 --to 9 --restart, begin something else with --restart, which discards them, or"
                                + " choose another name with --as\n");

        Files.delete(work.log("mine"));
        assertThat(work.replay("--plugin", "mine", "--from", "4", "--to", "9", "--restart"))
                .isZero();
        assertThat(work.messages())
                .startsWith(
                        "zoom-ws: 3 entries from sequence 4 to 8, parked by an earlier replay replay-mine, discarded\n");
        assertThat(replayed()).containsExactly("4 id-2", "5 id-3", "6 id-4", "7 id-5", "8 id-6");
        assertThat(work.replay("--plugin", "mine", "--from", "9")).isZero();
    }

    @Test
    void whatALiveInstanceParkedIsNeverDiscardedForAReplay() {
        ParkedStore live = new ParkedStore(InstanceFiles.in(work.data(), "main").parked("former"));
        live.park(
                new ParkedEntry(7, "a", ReplayWorkplace.FIRST, 4, "x.Y", Optional.empty()),
                new MemoryEntry.Event(7, "a"));

        assertThat(work.replay("--plugin", "mine", "--as", "former", "--restart"))
                .isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo(
                        "zoom-ws: a plugin instance former has parked 1 entry from sequence 7 to 7: choose another name"
                                + " with --as\n");
        assertThat(live.sequences()).containsExactly(7L);
    }

    @Test
    void ofSeveralOneIsChosen() {
        begin("one", 3, 6);
        begin("two", 3, 6);

        assertThat(work.replay("--resume")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo("zoom-ws: there are several replays of main: choose one with --as (one, two)\n");
        assertThat(work.replay("--resume", "--as", "two")).isZero();
        assertThat(Replays.in(work.data(), "main").names()).containsExactly("one");
        assertThat(work.replay("--resume", "--as", "one", "--plugin", "other")).isEqualTo(2);
        assertUsage("--plugin: the replay one is one of mine, not of other");
    }

    @Test
    void twoOfOneNameAtOnceAreRefused() {
        try (Replays.Hold hold = Replays.in(work.data(), "main").take("replay-mine", false)) {
            assertThat(work.replay("--plugin", "mine")).isEqualTo(1);
            assertThat(work.messages())
                    .startsWith("zoom-ws: The cursor 'replay-mine' in ")
                    .contains(" is in use by process ")
                    .hasLineCount(1);
            assertThat(work.replay("--plugin", "mine", "--as", "another")).isZero();
        }
    }

    @Test
    void theCursorOfALiveInstanceIsNeverTaken() {
        Journals.cursors(work.data(), "main").set("mine", 5);

        assertThat(work.replay("--plugin", "recorder", "--as", "mine")).isEqualTo(2);
        assertUsage("--as: mine is a configured instance, whose cursor no replay may move: choose another name");
        assertThat(work.replay("--plugin", "mine", "--as", "no name")).isEqualTo(2);
        assertUsage(
                "--as: 'no name' is no name of a cursor: use letters, digits, dot, hyphen and underscore, beginning with a"
                        + " letter or digit, at most 100");
    }

    @Test
    void anUnknownPluginIsAnsweredWithThoseThereAre() {
        assertThat(work.replay("--plugin", "mime")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo(
                        "zoom-ws: there is no plugin instance mime (configured: mine, other) and no plugin of this name"
                                + " (found: recorder)\n");
        assertThat(work.replay()).isEqualTo(2);
        assertUsage("say which plugin with --plugin");
    }

    @Test
    void aRangeThatMakesNoSenseIsWrongUsage() {
        assertThat(work.replay("--plugin", "mine", "--from", "7", "--to", "3")).isEqualTo(2);
        assertUsage("--from: 7 lies behind --to 3: give an earlier one");
        assertThat(work.replay("--plugin", "mine", "--to", "99")).isEqualTo(2);
        assertUsage("--to: sequence 99 lies behind the end of the journal of main, whose newest entry is 12");
        assertThat(work.replay("--plugin", "mine", "--from", "9999-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertUsage(
                "--from: 9999-01-01T00:00:00Z lies in the future, and a replay ends with the newest entry as of its start:"
                        + " give an earlier time");
        assertThat(work.replay("--plugin", "mine", "--resume", "--from", "3")).isEqualTo(2);
        assertUsage("--resume goes on with what was begun: leave out --from, --to, --event, --account and --restart");
        for (String speed : List.of("0x", "-1")) {
            assertThat(work.replay("--plugin", "mine", "--speed=" + speed)).isEqualTo(2);
            assertUsage(String.format(
                    Locale.ROOT,
                    "Invalid value for option '--speed': '%s' is no speed: use max, 1x for the original timing, or another"
                            + " factor above 0 such as 10x or 0.5x",
                    speed));
        }
    }

    @Test
    void anEmptyRangeSaysSo() {
        assertThat(work.replay("--plugin", "mine", "--from", "latest")).isZero();

        assertThat(work.messages())
                .isEqualTo("zoom-ws: nothing to replay: no entry of main lies between --from and --to\n"
                        + "replayed nothing: 0 events handled, 0 gaps, 0 parked\n");
        assertThat(work.log("mine")).doesNotExist();
    }
}
