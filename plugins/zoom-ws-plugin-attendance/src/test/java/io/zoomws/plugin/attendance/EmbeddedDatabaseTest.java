package io.zoomws.plugin.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.ZoomEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the embedded database. */
class EmbeddedDatabaseTest {

    private static final AttendanceSettings EMBEDDED = new EmbeddedAttendanceTest().settings();

    @TempDir
    Path directory;

    @Test
    void aKilledProcessLeavesWholeBatchesAndTheirPosition() throws Exception {
        List<TestEvent> journal = AnotherProcess.JOURNAL;
        int seen = journal.size() / 4 + new Random().nextInt(journal.size() / 2);
        try (AnotherProcess process = new AnotherProcess(directory)) {
            for (int i = 0; i < seen; i++) {
                process.line();
            }
            process.kill();
        }

        int handled;
        try (AttendanceHandler handler = handler(directory)) {
            handled = (int) handler.position().orElse(1) - 1;
        }
        assertThat(everything(directory))
                .as("killed after %d events, of which %d are there", seen, handled)
                .isEqualTo(derivedAtOnce(journal.subList(0, handled), "until"));
        try (AttendanceHandler handler = handler(directory)) {
            handler.handle(List.<ZoomEvent>copyOf(journal.subList(handled, journal.size())), AttendanceContract.LIVE);
        }
        assertThat(everything(directory)).isEqualTo(derivedAtOnce(journal, "all"));
    }

    @Test
    void aProcessThatIsKilledRightAfterItsResetHasForgottenAllTheSame() throws Exception {
        try (AttendanceHandler handler = handler(directory)) {
            handler.handle(List.<ZoomEvent>copyOf(AnotherProcess.JOURNAL), AttendanceContract.LIVE);
        }
        try (AnotherProcess process = AnotherProcess.resetting(directory)) {
            assertThat(process.line()).isEqualTo("reset");
            process.kill();
        }

        try (AttendanceHandler handler = handler(directory)) {
            assertThat(handler.position()).isEmpty();
        }
        assertThat(everything(directory)).isEmpty();
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhatToDo() throws Exception {
        try (AttendanceHandler handler = handler(directory);
                AnotherProcess process = new AnotherProcess(directory)) {
            assertThat(process.line())
                    .isEqualTo("The database file of the plugin attendance is in use by another process, probably the"
                            + " live server: replay through that one, with zoom-ws replay --rebuild, or stop it first");
            assertThat(handler.position()).isEmpty();
        }
    }

    @Test
    void thereIsOneFileAndNoTrace() throws Exception {
        try (AttendanceHandler handler = handler(directory)) {
            handler.handle(TestEvent.joined("m", "Ada", 1, 1).at(1), AttendanceContract.LIVE);
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files)
                        .extracting(file -> file.getFileName().toString())
                        .containsExactly("attendance.mv.db");
            }
        }
    }

    @Test
    void aDamagedFileIsRefusedAndSaysWhatToDo() throws Exception {
        Files.writeString(directory.resolve("attendance.mv.db"), "no database".repeat(10_000));

        assertThatThrownBy(() -> handler(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The database file of the plugin attendance is damaged or of another version of H2: move it"
                        + " away and derive it again, with zoom-ws replay --rebuild");
    }

    @Test
    void aPathThatH2WouldMisreadIsRefused() {
        Path odd = directory.resolve("a;b");

        assertThatThrownBy(() -> handler(odd))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The path " + odd.resolve("attendance") + " has a semicolon in it, at which H2 ends a file's"
                                + " name: choose another data directory, or set url");
    }

    private static AttendanceHandler handler(Path directory) {
        return new AttendanceHandler(EMBEDDED, TestContext.live(directory));
    }

    private List<String> derivedAtOnce(List<TestEvent> journal, String folder) throws Exception {
        Path other = directory.resolve(folder);
        new BadDay(() -> handler(other), () -> handler(other), new Random(1)).deliverInOneBatch(journal);
        return everything(other);
    }

    private static List<String> everything(Path directory) throws Exception {
        try (Tables tables = new Tables(EMBEDDED, directory)) {
            return tables.everything();
        }
    }
}
