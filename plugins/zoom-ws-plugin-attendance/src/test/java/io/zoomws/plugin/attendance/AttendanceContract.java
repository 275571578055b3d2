package io.zoomws.plugin.attendance;

import static io.zoomws.plugin.attendance.TestEvent.ended;
import static io.zoomws.plugin.attendance.TestEvent.joined;
import static io.zoomws.plugin.attendance.TestEvent.left;
import static io.zoomws.plugin.attendance.TestEvent.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds whichever database it is. */
abstract class AttendanceContract {

    static final Delivery LIVE = new Delivery(false, 1);

    private static final String M = "gj+3BbDSuoQ2SQSs/3WKTK==";

    @TempDir
    Path directory;

    /** Of a database that has nothing in it and is this test's alone. */
    abstract AttendanceSettings settings();

    /** Cuts all connections to the database as a crash of it would, but for the given one, if that can be. */
    abstract void cutConnections(Tables tables) throws SQLException;

    @Test
    void aVisitIsARowAndSoIsItsMeeting() throws Exception {
        handle(started(M, 0), joined(M, "Ada", 1, 1), left(M, "Ada", 1, 31), ended(M, 60));

        try (Tables tables = tables()) {
            assertThat(tables.rows("SELECT * FROM attendance_visit"))
                    .containsExactly("main | acme | " + M + " | email:ada@example.com | 1 | 84210075513 | Weekly sync"
                            + " | Ada | ada@example.com | 2026-03-02T12:01:00Z | 2026-03-02T12:31:00Z | 1800 | "
                            + falsehood());
            assertThat(tables.rows("SELECT * FROM attendance_meeting"))
                    .containsExactly("main | acme | " + M + " | 84210075513 | Weekly sync | host"
                            + " | 2026-03-02T12:00:00Z | 2026-03-02T13:00:00Z");
        }
    }

    /** How the driver writes false. */
    abstract String falsehood();

    @Test
    void aLateLeavingCorrectsWhatWasInferred() throws Exception {
        handle(joined(M, "Ada", 1, 1), ended(M, 60));
        handle(left(M, "Ada", 1, 31));

        assertThat(visits())
                .containsExactly("main | email:ada@example.com | 2026-03-02T12:01:00Z | 2026-03-02T12:31:00Z | 1800");
    }

    @Test
    void whatIsHandledAgainChangesNothing() throws Exception {
        handle(joined(M, "Ada", 1, 1), left(M, "Ada", 1, 31));
        List<String> before = everything();
        handle(left(M, "Ada", 1, 31), joined(M, "Ada", 1, 1), joined(M, "Ada", 1, 1));

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void ofABatchThatFailsNothingStays() throws Exception {
        try (AttendanceHandler handler = handler();
                Tables tables = tables()) {
            handler.handle(List.of(joined(M, "Ada", 1, 1).at(1)), LIVE);
            List<String> before = tables.everything();
            tables.execute("ALTER TABLE attendance_visit ADD CONSTRAINT no_eve CHECK (name <> 'Eve')");
            List<ZoomEvent> batch =
                    List.of(left(M, "Ada", 1, 9).at(2), joined(M, "Eve", 2, 9).at(3));

            assertThatThrownBy(() -> handler.handle(batch, LIVE)).isInstanceOf(SQLException.class);
            assertThat(tables.everything()).isEqualTo(before);
            assertThat(handler.position()).hasValue(2);

            tables.execute("ALTER TABLE attendance_visit DROP CONSTRAINT no_eve");
            handler.handle(batch, LIVE);
            assertThat(tables.visits())
                    .containsExactly(
                            "main | email:ada@example.com | 2026-03-02T12:01:00Z | 2026-03-02T12:09:00Z | 480",
                            "main | email:eve@example.com | 2026-03-02T12:09:00Z | - | -");
            assertThat(handler.position()).hasValue(4);
        }
    }

    @Test
    void aBrokenConnectionIsMadeAnewAndNoEventIsBlamed() throws Exception {
        try (AttendanceHandler handler = handler()) {
            handler.handle(List.of(joined(M, "Ada", 1, 1).at(1)), LIVE);
            try (Tables tables = tables()) {
                cutConnections(tables);
            }
            List<ZoomEvent> batch = List.of(left(M, "Ada", 1, 31).at(2));

            assertThatThrownBy(() -> handler.handle(batch, LIVE)).isInstanceOf(RetryLater.class);
            handler.handle(batch, LIVE);
        }

        assertThat(visits())
                .containsExactly("main | email:ada@example.com | 2026-03-02T12:01:00Z | 2026-03-02T12:31:00Z | 1800");
    }

    @Test
    void aDatabaseThatForgotWhatItCommittedIsNotGoneOnWith() throws Exception {
        List<ZoomEvent> batch = List.of(left(M, "Ada", 1, 31).at(8));
        try (AttendanceHandler handler = handler()) {
            handler.handle(List.of(joined(M, "Ada", 1, 1).at(7)), LIVE);
            try (Tables tables = tables()) {
                tables.execute("UPDATE attendance_position SET next_sequence = 7");
                cutConnections(tables);
            }

            assertThatThrownBy(() -> handler.handle(batch, LIVE)).isInstanceOf(DatabaseAway.class);
            assertThatThrownBy(() -> handler.handle(batch, LIVE))
                    .isInstanceOf(RetryLater.class)
                    .hasMessage("the database no longer has what it had committed: start the instance anew");
        }
        try (AttendanceHandler anew = handler()) {
            assertThat(anew.position()).hasValue(7);
            anew.handle(batch, LIVE);
        }
    }

    @Test
    void anEventAboutSomethingElseStoresThePositionOnly() throws Exception {
        TestEvent other = new TestEvent(7, "user.created", Optional.empty(), TestEvent.NOON, new TreeMap<>());
        try (AttendanceHandler handler = handler()) {
            assertThat(handler.position()).isEmpty();
            handler.handle(other, LIVE);
            assertThat(handler.position()).hasValue(8);
        }
        assertThat(everything()).isEmpty();
    }

    @Test
    void aReplayHasAPositionOfItsOwnAndTheSameRows() throws Exception {
        handle(joined(M, "Ada", 1, 1).at(10));
        try (AttendanceHandler replay = replay()) {
            assertThat(replay.position()).isEmpty();
            replay.handle(
                    List.of(joined(M, "Ada", 1, 1).at(10), left(M, "Ada", 1, 2).at(11)), new Delivery(true, 1));
            assertThat(replay.position()).hasValue(12);
        }
        try (AttendanceHandler live = handler()) {
            assertThat(live.position()).hasValue(11);
        }
        assertThat(visits()).hasSize(1);
    }

    @Test
    void aResetForgetsOneSubscriptionAndNoOther() throws Exception {
        handle(joined(M, "Ada", 1, 1));
        try (AttendanceHandler other =
                new AttendanceHandler(settings(), new TestContext("other", "attendance", directory))) {
            other.handle(List.of(joined(M, "Bob", 1, 1).at(5)), LIVE);
        }
        try (AttendanceHandler handler = handler()) {
            handler.reset();
            assertThat(handler.position()).isEmpty();
        }

        assertThat(everything()).hasSize(3).allSatisfy(row -> assertThat(row).startsWith("other | "));
    }

    @Test
    void textThatNoDatabaseHoldsIsStoredAllTheSame() throws Exception {
        handle(joined(M, "\0\uD83D" + "🚀".repeat(100_000), 1, 1)
                .with("uuid", "\0" + "x".repeat(100_000))
                .with("topic", "t\0".repeat(100_000))
                .with("host_id", "光".repeat(100_000))
                .with("participant/email", "光".repeat(100_000))
                .inAccount("光".repeat(128)));

        try (Tables tables = tables()) {
            assertThat(tables.rows("SELECT name FROM attendance_visit"))
                    .containsExactly("\uFFFD\uFFFD" + "🚀".repeat(499));
        }
    }

    @Test
    void theQueriesOfTheReadmeRun() throws Exception {
        handle(started(M, 0), joined(M, "Ada", 1, 1), left(M, "Ada", 1, 31), joined(M, "Bob", 2, 2));
        String readme = Files.readString(Path.of("README.md"));
        String queries =
                readme.substring(readme.indexOf("```sql") + 6, readme.indexOf("```", readme.indexOf("```sql") + 6));
        List<List<String>> answers = new ArrayList<>();
        try (Tables tables = tables()) {
            for (String query : queries.strip().split(";", -1)) {
                if (!query.isBlank()) {
                    answers.add(tables.rows(query));
                }
            }
        }

        assertThat(answers)
                .containsExactly(
                        List.of(
                                "Ada | ada@example.com | 2026-03-02T12:01:00Z | 2026-03-02T12:31:00Z | " + falsehood(),
                                "Bob | bob@example.com | 2026-03-02T12:02:00Z | - | " + falsehood()),
                        List.of("email:ada@example.com | Ada | 2026-03-02 | 30"),
                        List.of("Weekly sync | Bob | 2026-03-02T12:02:00Z"));
    }

    @Test
    void orderBatchesRepetitionsAndRestartsDoNotShow() throws Exception {
        List<TestEvent> journal = Story.journal(1);
        BadDay host = new BadDay(this::handler, this::replay, new Random(1));
        host.deliverInOneBatch(journal);
        List<String> expected = everything();
        host.deliver(journal, 40);

        assertThat(everything()).isEqualTo(expected);
    }

    final AttendanceHandler replay() throws RetryLater {
        return new AttendanceHandler(settings(), new TestContext("main", "attendance.replay", directory));
    }

    final AttendanceHandler handler() throws RetryLater {
        return new AttendanceHandler(settings(), TestContext.live(directory));
    }

    final Tables tables() throws Exception {
        return new Tables(settings(), directory);
    }

    /** In one batch, as they come. */
    private void handle(TestEvent... events) throws Exception {
        try (AttendanceHandler handler = handler()) {
            handler.handle(List.of(events), LIVE);
        }
    }

    private List<String> visits() throws Exception {
        try (Tables tables = tables()) {
            return tables.visits();
        }
    }

    final List<String> everything() throws Exception {
        try (Tables tables = tables()) {
            return tables.everything();
        }
    }
}
