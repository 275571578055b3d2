package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.journal.LostPositionException;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaysTest {

    private static final ReplayRecord RECORD = new ReplayRecord(
            "replay-mine",
            "mine",
            "console",
            3,
            9,
            List.of("meeting.*", "user.created"),
            List.of("a1"),
            Speed.parse("10x"),
            Instant.parse("2026-01-01T00:00:00Z"),
            OptionalLong.of(0),
            new ReplayRecord.Done(4, 1, 2));

    @TempDir
    private Path data;

    private Replays replays() {
        return Replays.in(data, "main");
    }

    private Path file() {
        return data.resolve("main/replays/replay-mine.json");
    }

    private CursorStore cursors() {
        return Journals.cursors(data, "main");
    }

    @Test
    void whatIsBegunIsThereAfterwardsForItsOwnerOnly() throws Exception {
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            assertThat(hold.record()).isEmpty();
            hold.begin(RECORD);
        }

        assertThat(replays().names()).containsExactly("replay-mine");
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            assertThat(hold.record()).contains(RECORD);
            assertThat(hold.position()).hasValue(3);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("main/replays"))))
                .isEqualTo("rwx------");
        assertThat(file())
                .hasContent(
                        "{\"version\":1,\"instance\":\"mine\",\"plugin\":\"console\",\"from\":3,\"to\":9,"
                                + "\"events\":[\"meeting.*\",\"user.created\"],\"accounts\":[\"a1\"],\"speed\":\"10x\","
                                + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"ownBefore\":0,\"handled\":4,\"gaps\":1,\"parked\":2}");
    }

    @Test
    void whatAHandlerHadStoredBeforeIsUnknownUntilItIsWrittenDown() {
        ReplayRecord begun = new ReplayRecord(
                "replay-mine",
                "mine",
                "console",
                3,
                9,
                List.of(),
                List.of(),
                Speed.MAX,
                Instant.EPOCH,
                OptionalLong.empty(),
                ReplayRecord.Done.NOTHING);
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            hold.begin(begun);
        }

        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            assertThat(hold.record()).contains(begun);
            hold.save(begun.withOwnBefore(7));
        }
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            assertThat(hold.record().orElseThrow().ownBefore()).hasValue(7);
        }
    }

    @Test
    void whatIsDoneIsForgotten() {
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            hold.begin(RECORD);
            hold.finish();
        }

        assertThat(replays().names()).isEmpty();
        assertThat(cursors().list(1, 10)).isEmpty();
    }

    @Test
    void oneNameHasOneHolder() {
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            hold.begin(RECORD);

            assertThatThrownBy(() -> replays().take("replay-mine", true))
                    .isInstanceOf(JournalException.class)
                    .hasMessageMatching(
                            "The cursor 'replay-mine' in .* is in use by process \\d+ on .* \\(this process\\)\\."
                                    + " Stop that one first, or use another\\.");
        }
    }

    @Test
    void theCursorOfSomethingElseIsNotTaken() {
        cursors().set("live", 7);

        assertThatThrownBy(() -> replays().take("live", true))
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        "The cursor 'live' is of no replay that was interrupted: choose another name with --as, or, if"
                                + " nobody needs it, forget it with 'zoom-ws cursors delete live'");
        try (Cursor cursor = cursors().open("live")) {
            assertThat(cursor.position()).hasValue(7);
        }
    }

    @Test
    void aDamagedRecordIsNamedAndCanBeBegunAnew() throws Exception {
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            hold.begin(RECORD);
        }
        Files.writeString(file(), "{\"version\":1,\"instance\":\"mine\"}");

        assertThatThrownBy(() -> replays().take("replay-mine", false))
                .isInstanceOf(JournalException.class)
                .hasMessage("The record " + file() + " of a replay is damaged: its plugin is no text");
        Files.writeString(file(), "");
        assertThatThrownBy(() -> replays().take("replay-mine", false))
                .isInstanceOf(JournalException.class)
                .hasMessage("The file " + file() + " cannot be read or is damaged: it holds no object");
        try (Replays.Hold hold = replays().take("replay-mine", true)) {
            assertThat(hold.record()).isEmpty();
        }
    }

    @Test
    void aLostPositionIsNamedAndCanBeBegunAnew() throws Exception {
        try (Replays.Hold hold = replays().take("replay-mine", false)) {
            hold.begin(RECORD);
        }
        Files.delete(data.resolve("main/cursors/replay-mine"));

        assertThatThrownBy(() -> replays().take("replay-mine", false)).isInstanceOf(LostPositionException.class);
        try (Replays.Hold hold = replays().take("replay-mine", true)) {
            hold.begin(RECORD);
            assertThat(hold.position()).hasValue(3);
        }
    }
}
