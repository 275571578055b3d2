package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteWatchTest {

    private static final String MAILS = """
            - route:
                id: mails
                from:
                  uri: zoomws:main?from=earliest
                  steps:
                    - setHeader:
                        name: CamelFileName
                        simple: "mail-${header.CamelZoomWsSequence}"
                    - to: file:OUT
            """;

    private static final String FAILING = """
            - route:
                id: fails
                from:
                  uri: zoomws:main?from=earliest
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: "secret ${body}"
            """;

    @TempDir
    Path directory;

    private Workshop work;

    @BeforeEach
    void open() throws IOException {
        work = new Workshop(directory);
    }

    @AfterEach
    void close() throws InterruptedException {
        work.close();
    }

    @Test
    void aRouteFollowsTheHostsJournalFromACursorNamedAfterIt() throws Exception {
        work.journal.event("meeting.started").control().event("meeting.ended");

        work.with("mails.yaml", MAILS);
        work.journal.awaitSaved("mails", 4);

        assertThat(work.written()).containsExactly("mail-1", "mail-3");
        assertThat(work.positions.awaitPassed(3, Duration.ofSeconds(20))).isTrue();
        assertThat(work.errors()).isEmpty();
    }

    @Test
    void aChangedFileGoesOnWhereItStood() throws Exception {
        work.journal.event("meeting.started");
        work.with("mails.yaml", MAILS);
        work.journal.awaitSaved("mails", 2);

        work.with("mails.yaml", MAILS.replace("mail-", "letter-"));
        work.journal.event("meeting.ended");
        work.journal.awaitSaved("mails", 3);

        assertThat(work.written()).containsExactly("letter-2", "mail-1");
        assertThat(work.journal.openCursors()).isEqualTo(1);
    }

    @Test
    void aBrokenFileLeavesTheOthersAndItsOwnVersionBeforeRunning() throws Exception {
        work.with("broken.yaml", "- route:\n    id: x\n    from:\n      uri: \"zoomws:main\n");
        work.with("mails.yaml", MAILS);
        work.with("mails.yaml", MAILS.replace("steps:", "stepz:"));
        work.journal.event("meeting.started");
        work.journal.awaitSaved("mails", 2);

        assertThat(work.errors())
                .containsExactly(
                        "sales: broken.yaml:5: this is no YAML: found unexpected end of stream; none of its routes runs",
                        "sales: mails.yaml:5: Unsupported field: stepz; the version before it runs on");
        assertThat(work.metrics.gauged("files_broken")).isEqualTo(2);
        assertThat(work.metrics.gauged("routes_up")).isEqualTo(1);
    }

    @Test
    void aVersionThatDoesNotStartGivesWayToTheOneBefore() throws Exception {
        work.with("mails.yaml", MAILS).with("mails.yaml", MAILS.replace("from=earliest", "from=yesterday"));
        work.journal.event("meeting.started");
        work.journal.awaitSaved("mails", 2);

        assertThat(work.errors())
                .containsExactly(
                        "sales: mails.yaml:1: zoomws:main: from=yesterday is not allowed: use earliest, latest, a"
                                + " sequence number from 1, or a time with offset such as 2026-11-23T20:00:00Z; the version before it"
                                + " runs on");
        assertThat(work.positions.awaitPassed(1, Duration.ofSeconds(20))).isTrue();
        assertThat(work.journal.openCursors()).isEqualTo(1);
    }

    @Test
    void anEmptyFileIsNoReasonToStopItsRoutes() throws Exception {
        work.with("mails.yaml", MAILS).with("mails.yaml", "").journal.event("meeting.started");
        work.journal.awaitSaved("mails", 2);

        assertThat(work.errors())
                .containsExactly(
                        "sales: mails.yaml: it is empty: delete it to stop its routes; the version before it runs on");
    }

    @Test
    void aDeletedFilesRoutesAreStoppedAndItsCursorIsFree() throws Exception {
        work.with("mails.yaml", MAILS).without("mails.yaml");

        assertThat(work.journal.openCursors()).isZero();
        assertThat(work.positions.awaitPassed(99, Duration.ZERO)).isTrue();
    }

    @Test
    void aRouteWhoseIdIsTakenRunsOnceTheOtherFileIsGone() throws Exception {
        work.with("a.yaml", MAILS).with("b.yaml", MAILS.replace("mail-", "letter-"));
        assertThat(work.errors())
                .containsExactly(
                        "sales: b.yaml:1: the route mails is in a.yaml already: give this one another id; none of"
                                + " its routes runs");

        work.without("a.yaml").look().journal.event("meeting.started");
        work.journal.awaitSaved("mails", 2);

        assertThat(work.written()).containsExactly("letter-1");
        assertThat(work.metrics.gauged("files_broken")).isZero();
    }

    @Test
    void whatFailsIsToldWithoutAWordOfTheEventAndHoldsTheInstanceUp() throws Exception {
        work.with("fails.yaml", FAILING.replace("?from", "?redeliveryDelay=60000&from"));
        work.journal.event("meeting.started");
        Waiting.until(() -> !work.failures().isEmpty());

        assertThat(work.failures())
                .containsExactly("sales: route fails of fails.yaml failed on the entry with sequence 1"
                        + " (java.lang.IllegalStateException)");
        work.look();
        assertThat(work.metrics.gauged("route_fails_lag_events")).isEqualTo(1);
        assertThat(work.metrics.gauged("route_fails_up")).isEqualTo(1);
        assertThat(work.metrics.counted("route_fails_failures")).isEqualTo(1);
        assertThat(work.positions.awaitPassed(1, Duration.ZERO)).isFalse();
    }

    @Test
    void aRouteThatDoesNotReadTheJournalRunsWithoutACursor() throws Exception {
        work.with("tick.yaml", """
                - route:
                    id: tick
                    from:
                      uri: timer:tick?repeatCount=1&delay=-1
                      steps:
                        - setBody:
                            constant: tick
                        - to: file:OUT?fileName=ticked
                """);
        Waiting.until(() -> work.out.resolve("ticked").toFile().exists());

        assertThat(work.journal.openCursors()).isZero();
        assertThat(work.positions.awaitPassed(99, Duration.ZERO)).isTrue();
    }

    @Test
    void aReplayIsDoneOnceAndHoldsNothingUp() throws Exception {
        work.journal.event("meeting.started");
        work.with("again.yaml", MAILS.replace("?from=", "?source=replay&from="));
        work.journal.awaitSaved("mails", 2);

        work.with("again.yaml", MAILS.replace("?from=", "?source=replay&from=").replace("mail-", "letter-"));
        work.journal.event("meeting.ended");

        assertThat(work.written()).containsExactly("mail-1");
        assertThat(work.positions.awaitPassed(99, Duration.ZERO)).isTrue();
    }

    @Test
    void aFolderThatIsMissingIsToldOnceAndWhatRunsRunsOn() throws Exception {
        work.with("mails.yaml", MAILS);
        Path away = directory.resolve("away");
        Files.move(work.folder, away);
        work.look().journal.event("meeting.started");
        work.journal.awaitSaved("mails", 2);

        assertThat(work.errors())
                .containsExactly("sales: there is no folder " + work.folder + ": create it, or set another directory");
    }
}
