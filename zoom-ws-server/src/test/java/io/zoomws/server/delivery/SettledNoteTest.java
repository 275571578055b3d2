package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledNoteTest {

    private static final Progress NOBODY = new Progress() {
        @Override
        public void passed(long next) {}

        @Override
        public void idle() {}
    };

    @TempDir
    private Path folder;

    private final FencedCursor cursor = new FencedCursor(new MemoryJournal().open("mine"));
    private final Counts counts = new Counts();
    private long nanos;

    @Test
    void onlyTheVeryPositionThatIsRememberedSaysWhatIsSettled() {
        remember(1001, 5000);
        assertThat(note().begin(OptionalLong.of(1001), false)).isEqualTo(5000);

        assertThat(note().begin(OptionalLong.of(900), false))
                .as("its store has lost what it had committed")
                .isEqualTo(900);
        assertThat(file()).as("it may pass 1001 once more").doesNotExist();

        remember(1001, 5000);
        assertThat(note().begin(OptionalLong.of(1002), false)).isEqualTo(1002);
    }

    @Test
    void whoBeginsAnewOrWithoutAPositionForgetsWhatIsRemembered() {
        remember(1001, 5000);
        assertThat(note().begin(OptionalLong.of(1001), true)).isEqualTo(1001);
        assertThat(file()).doesNotExist();

        remember(1001, 5000);
        assertThat(note().begin(OptionalLong.empty(), false)).isZero();
        assertThat(file()).doesNotExist();
    }

    @Test
    void itIsWrittenOnceAMinuteAndWhenSomethingWasParkedAndAtTheEnd() {
        SettledNote note = note();
        note.begin(OptionalLong.of(7), false);
        Progress progress = note.following(NOBODY);
        counts.handled(1, 7);
        progress.passed(8);
        progress.idle();
        assertThat(file()).doesNotExist();

        counts.parked.incrementAndGet();
        progress.passed(9);
        assertThat(file()).hasContent("{\"version\":1,\"own\":8,\"settled\":9}");

        progress.passed(10);
        nanos += SettledNote.AGE.toNanos();
        progress.idle();
        assertThat(file()).hasContent("{\"version\":1,\"own\":8,\"settled\":10}");

        progress.passed(11);
        note.end();
        assertThat(file()).hasContent("{\"version\":1,\"own\":8,\"settled\":11}");
    }

    @Test
    void aHandlerThatKeepsNoPositionAndAThreadThatWasAbandonedWriteNothing() {
        SettledNote none = note();
        none.following(NOBODY).passed(9);
        none.end();
        assertThat(file()).doesNotExist();

        SettledNote abandoned = note();
        abandoned.begin(OptionalLong.of(7), false);
        abandoned.following(NOBODY).passed(9);
        cursor.fence();
        abandoned.end();
        assertThat(file()).doesNotExist();
    }

    @Test
    void oneThatIsDamagedIsToldAndNotBelieved() throws Exception {
        remember(1001, 5000);
        Files.writeString(file(), "{");
        try (LoggedLines lines = LoggedLines.of(SettledNote.class)) {
            assertThat(note().begin(OptionalLong.of(1001), false)).isEqualTo(1001);

            assertThat(lines.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("plugin instance mine: The file " + file() + " cannot be read or is damaged: ")
                    .endsWith("; it begins at its own position");
        }
        assertThat(file()).doesNotExist();
    }

    private void remember(long own, long settled) {
        SettledNote note = note();
        note.begin(OptionalLong.of(own), true);
        note.following(NOBODY).passed(settled);
        note.end();
    }

    private SettledNote note() {
        return new SettledNote(new InstanceFiles(folder), "mine", cursor, counts, () -> nanos);
    }

    private Path file() {
        return folder.resolve("own-positions/mine.json");
    }
}
