package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.delivery.Speed;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.ParkedEntry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private ParkedStore mine = new ParkedStore(Path.of(""));

    @BeforeEach
    void parkSome() {
        JournalWriter.open(directory, "main").close();
        mine = new ParkedStore(InstanceFiles.in(directory, "main").parked("mine"));
        mine.park(
                new ParkedEntry(7, "meeting.started", NOW, 4, "x.Y, at z", Optional.of("m1")),
                new MemoryEntry.Event(7, "meeting.started"));
        mine.park(new ParkedEntry(9, "gap", NOW, 8, "x.Y", Optional.empty()), new MemoryEntry.Interval(9));
    }

    @Test
    void whatIsParkedIsListedByInstance() {
        assertThat(run("parked", "list")).isZero();
        assertThat(lines())
                .containsExactly(
                        "instance sequence event parkedAt attempts redrive key error",
                        "mine 7 meeting.started 2026-11-23T21:00:00.000000000Z 4 false m1 x.Y, at z",
                        "mine 9 gap 2026-11-23T21:00:00.000000000Z 8 false - x.Y");

        assertThat(run("parked", "list", "mine", "--format", "json")).isZero();
        assertThat(lines())
                .first()
                .isEqualTo("{\"instance\":\"mine\",\"sequence\":7,\"event\":\"meeting.started\","
                        + "\"parkedAt\":\"2026-11-23T21:00:00.000000000Z\",\"attempts\":4,\"redrive\":false,\"key\":\"m1\","
                        + "\"error\":\"x.Y, at z\"}");
    }

    @Test
    void anEntryIsShownWithItsFailureAndItsContent() {
        assertThat(run("parked", "show", "mine", "7")).isZero();
        assertThat(lines())
                .startsWith("instance mine", "parked 2026-11-23T21:00:00.000000000Z", "attempts 4", "key m1")
                .contains("error x.Y, at z")
                .endsWith("{\"event\":\"meeting.started\",\"n\":7}");
        assertThat(lines().get(5)).startsWith(" 7 2026-11-23T20:00:00.123456789Z event meeting.started id=");

        assertThat(run("parked", "show", "mine", "7", "--format", "json")).isZero();
        assertThat(lines())
                .hasSize(2)
                .first()
                .isEqualTo("{\"instance\":\"mine\",\"sequence\":7,\"event\":\"meeting.started\","
                        + "\"parkedAt\":\"2026-11-23T21:00:00.000000000Z\",\"attempts\":4,\"key\":\"m1\","
                        + "\"error\":\"x.Y, at z\"}");

        assertThat(run("parked", "show", "mine", "7", "--format", "raw")).isZero();
        assertThat(lines()).containsExactly("{\"event\":\"meeting.started\",\"n\":7}");
    }

    @Test
    void aRedriveIsLeftForTheNextStartOrTheInstanceThatRuns() {
        assertThat(run("parked", "redrive", "mine", "7")).isZero();
        assertThat(messages)
                .hasToString("zoom-ws: 1 entry of mine will be delivered again at its next start: it does not run\n");
        assertThat(mine.requested()).containsExactly(7L);
        assertThat(run("parked", "list", "mine")).isZero();
        assertThat(lines()).anyMatch(line -> line.contains(" 4 true m1 "));

        try (Cursor running = Journals.cursors(directory, "main").open("mine")) {
            running.save(1);
            assertThat(run("parked", "redrive", "mine", "--all")).isZero();
            assertThat(messages.toString(StandardCharsets.UTF_8))
                    .startsWith("zoom-ws: 2 entries of mine will be delivered again now, by process ");
        }
        assertThat(mine.requested()).containsExactly(7L, 9L);
    }

    @Test
    void whatIsDiscardedIsGone() {
        assertThat(run("parked", "discard", "mine", "9")).isZero();
        assertThat(messages).hasToString("zoom-ws: 1 entry of mine discarded\n");
        assertThat(mine.sequences()).containsExactly(7L);

        assertThat(run("parked", "discard", "mine", "--all")).isZero();
        assertThat(mine.size()).isZero();
        assertThat(run("parked", "discard", "mine", "7")).isEqualTo(1);
        assertThat(messages).hasToString("zoom-ws: sequence 7 of mine is not parked, only: nothing\n");
    }

    @Test
    void whatIsNotThereIsRefusedAndWhatIsThereNamed() {
        assertThat(run("parked", "redrive", "mine", "7", "8")).isEqualTo(1);
        assertThat(messages).hasToString("zoom-ws: sequence 8 of mine is not parked, only: 7, 9\n");
        assertThat(mine.requested()).isEmpty();
        assertThat(run("parked", "list", "other")).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: there is no plugin instance other in main, and only these have parked something:"
                        + " mine\n");
        assertThat(run("parked", "redrive", "mine")).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8)).startsWith("zoom-ws: say which: sequences, or --all\n");
    }

    @Test
    void anInstanceThatHasParkedNothingHasAnEmptyList() {
        Journals.cursors(directory, "main").set("quiet", 1);

        assertThat(run("parked", "list", "quiet", "--format", "json")).isZero();
        assertThat(data).hasToString("");
    }

    @Test
    void whatAReplayParkedIsNotRedrivenWhateverItsName() {
        try (Replays.Hold hold = Replays.in(directory, "main").take("other", false)) {
            hold.begin(new ReplayRecord(
                    "other",
                    "mine",
                    "console",
                    1,
                    9,
                    List.of(),
                    List.of(),
                    Speed.MAX,
                    NOW,
                    OptionalLong.empty(),
                    ReplayRecord.Done.NOTHING));
            park(hold.parked(), 5);
            park(hold.parked(), 7);
            hold.finish();
        }

        assertThat(run("parked", "redrive", "other", "7")).isEqualTo(1);
        assertThat(messages)
                .hasToString(
                        "zoom-ws: other is a replay, which delivers nothing again: when it has ended, replay from the"
                                + " first that it parked to the last with 'zoom-ws replay --plugin mine --as other --from 5 --to 8"
                                + " --restart'\n");
        assertThat(run("parked", "discard", "other", "--all")).isZero();
    }

    @Test
    void anInstanceMayBeNamedLikeAReplay() {
        Journals.cursors(directory, "main").set("replay-x", 1);
        ParkedStore live = new ParkedStore(InstanceFiles.in(directory, "main").parked("replay-x"));
        park(live, 7);

        assertThat(run("parked", "redrive", "replay-x", "7")).isZero();
        assertThat(live.requested()).containsExactly(7L);
    }

    private static void park(ParkedStore store, long sequence) {
        store.park(
                new ParkedEntry(sequence, "a", NOW, 4, "x.Y", Optional.empty()),
                new MemoryEntry.Event(sequence, "meeting.started"));
    }

    @Test
    void aDamagedFileIsNamedWithItsRemedy() throws Exception {
        Path file = Files.write(mine.folder().resolve("7.parked"), new byte[5]);
        String problem = "the file " + file
                + " of a parked entry cannot be read (not a parked entry): restore it, or replay sequence 7 if the journal still"
                + " has it and discard this";

        assertThat(run("parked", "show", "mine", "7")).isEqualTo(1);
        assertThat(messages).hasToString("zoom-ws: " + problem + "\n");
        assertThat(run("parked", "redrive", "mine", "--all")).isEqualTo(1);
        assertThat(run("parked", "list")).isZero();
        assertThat(lines()).anyMatch(line -> line.startsWith("mine 7 damaged ") && line.endsWith(problem));
    }

    private List<String> lines() {
        return data.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private int run(String... arguments) {
        data.reset();
        messages.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.toString()));
        return CommandLineInterface.run(
                all.toArray(String[]::new),
                data,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                new StopRequest());
    }
}
