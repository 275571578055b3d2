package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorsTest {

    private static final String REMEDY =
            ". Set it with 'zoom-ws cursors set console P' (earliest, latest, a sequence number or a time), or forget it with"
                    + " 'zoom-ws cursors delete console', to begin where a new consumer would; nothing is guessed.";

    @TempDir
    Path data;

    private CursorStore cursors = Journals.cursors(Path.of(""), "none");

    @BeforeEach
    void open() {
        cursors = Journals.cursors(data, "main");
    }

    @Test
    void aSavedPositionIsFoundAgain() {
        try (Cursor cursor = cursors.open("console")) {
            assertThat(cursor.position()).isEmpty();
            cursor.save(5);
            cursor.save(7);
            assertThat(cursor.position()).hasValue(7);
        }
        try (Cursor cursor = cursors.open("console")) {
            assertThat(cursor.name()).isEqualTo("console");
            assertThat(cursor.position()).hasValue(7);
        }
    }

    @Test
    void aCursorHasOneHolderWhoIsNamed() {
        try (Cursor held = cursors.open("console")) {
            assertThatThrownBy(() -> cursors.open("console"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageMatching("\\QThe cursor 'console' in " + data.resolve("main/cursors")
                            + " is in use by process " + ProcessHandle.current().pid()
                            + " on \\E\\S+ since \\S+Z \\(this process\\)\\. Stop that one first, or use another\\.");
            cursors.open("another").close();
            held.save(1);
        }
        cursors.open("console").close();
    }

    @Test
    void anyDamageIsToldAndNeverTakenForANewCursor() throws Exception {
        try (Cursor cursor = cursors.open("console")) {
            cursor.save(1234);
        }
        Path file = data.resolve("main/cursors/console");
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            expectDamage(file, bad);
        }
        for (int length = 0; length < good.length; length++) {
            expectDamage(file, java.util.Arrays.copyOf(good, length));
        }
    }

    private void expectDamage(Path file, byte[] content) throws Exception {
        Files.write(file, content);
        assertThatThrownBy(() -> cursors.open("console"))
                .isInstanceOf(LostPositionException.class)
                .hasMessage("The cursor " + file + " is damaged, so where its consumer stood is not known" + REMEDY);
    }

    @Test
    void aCursorThatWasOpenedAndNeverSavedIsNew() {
        cursors.open("console").close();
        try (Cursor cursor = cursors.open("console")) {
            assertThat(cursor.position()).isEmpty();
        }
    }

    @Test
    void aPositionThatWasSavedAndIsGoneIsLost() throws Exception {
        save("console", 5);
        Files.delete(data.resolve("main/cursors/console"));

        assertThatThrownBy(() -> cursors.open("console"))
                .isInstanceOf(LostPositionException.class)
                .hasMessage("The cursor " + data.resolve("main/cursors/console")
                        + " is gone, so where its consumer stood is not known" + REMEDY);
        assertThat(states()).containsExactly("console - - false LOST");
    }

    @Test
    void aCursorOfBeforeIsRememberedWhenItIsOpened() throws Exception {
        save("console", 5);
        Files.delete(data.resolve("main/cursors/.console.known"));
        cursors.open("console").close();
        Files.delete(data.resolve("main/cursors/console"));

        assertThat(states()).containsExactly("console - - false LOST");
    }

    @Test
    void theConditionOfEachCursorIsListed() throws Exception {
        assertThat(states()).isEmpty();
        save("corrupt", 5);
        Files.write(data.resolve("main/cursors/corrupt"), new byte[32]);
        save("future", 101);
        save("good", 100);
        save("old", 9);
        cursors.open("closed").close();
        try (Cursor required = cursors.open("required", true);
                Cursor fresh = cursors.open("fresh")) {
            required.save(10);
            assertThat(fresh.position()).isEmpty();
            assertThat(states())
                    .containsExactly(
                            "corrupt - - false CORRUPT",
                            "fresh - - false NEVER_SAVED",
                            "future 101 - false FUTURE",
                            "good 100 0 false OK",
                            "old 9 91 false TOO_OLD",
                            "required 10 90 true OK");
            assertThat(cursors.list(10, 100))
                    .filteredOn(state -> state.holder().isPresent())
                    .extracting(CursorState::name)
                    .containsExactly("fresh", "required");
        }
    }

    @Test
    void whetherACursorIsRequiredOutlivesItsPositionAndIsUnsaidByWord() throws Exception {
        try (Cursor cursor = cursors.open("console", true)) {
            cursor.save(10);
        }
        cursors.open("console").close();
        assertThat(states()).containsExactly("console 10 90 true OK");
        Files.delete(data.resolve("main/cursors/console"));
        assertThat(states()).containsExactly("console - - true LOST");
        cursors.set("console", 20);
        assertThat(states()).containsExactly("console 20 80 true OK");
        cursors.require("console", false);
        assertThat(states()).containsExactly("console 20 80 false OK");
        Files.writeString(data.resolve("main/cursors/.console.known"), "?");
        assertThat(states()).containsExactly("console 20 80 true OK");
    }

    @Test
    void cursorsAreSetCopiedAndDeletedOnlyWhileNobodyHasThem() {
        cursors.set("one", 11);
        cursors.copy("one", "two", false);
        assertThatThrownBy(() -> cursors.copy("one", "two", false))
                .isInstanceOf(JournalException.class)
                .hasMessage("There is a cursor 'two' in " + data.resolve("main/cursors")
                        + " already: say --force to overwrite its position, or choose another name");
        cursors.set("one", 12);
        cursors.copy("one", "two", true);
        assertThat(states()).containsExactly("one 12 88 false OK", "two 12 88 false OK");
        try (Cursor held = cursors.open("two")) {
            assertThat(held.position()).hasValue(12);
            for (Runnable change : List.<Runnable>of(
                    () -> cursors.set("two", 50),
                    () -> cursors.copy("one", "two", true),
                    () -> cursors.require("two", true),
                    () -> cursors.delete("two"))) {
                assertThatThrownBy(change::run)
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("is in use by process "
                                + ProcessHandle.current().pid());
            }
        }
        assertThat(states()).containsExactly("one 12 88 false OK", "two 12 88 false OK");
        cursors.delete("two");
        assertThat(states()).containsExactly("one 12 88 false OK");
        try (Cursor fresh = cursors.open("two")) {
            assertThat(fresh.position()).isEmpty();
        }
        for (Runnable change : List.<Runnable>of(
                () -> cursors.copy("three", "four", false),
                () -> cursors.require("three", true),
                () -> cursors.delete("three"))) {
            assertThatThrownBy(change::run)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("There is no cursor 'three' in " + data.resolve("main/cursors")
                            + ": 'zoom-ws cursors list' names those there are");
        }
    }

    private void save(String name, long position) {
        try (Cursor cursor = cursors.open(name)) {
            cursor.save(position);
        }
    }

    /** Of a journal from 10 to 99. */
    private List<String> states() {
        return cursors.list(10, 100).stream()
                .map(state -> state.name() + " " + text(state.position()) + " " + text(state.lag()) + " "
                        + state.required() + " " + state.condition())
                .toList();
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "-";
    }

    @Test
    void anInterruptedConsumerCanStillSave() {
        try (Cursor cursor = cursors.open("console")) {
            Thread.currentThread().interrupt();
            cursor.save(3);
            assertThat(Thread.interrupted()).isTrue();
        }
        try (Cursor cursor = cursors.open("console")) {
            assertThat(cursor.position()).hasValue(3);
        }
    }

    @Test
    void namesThatCouldLeaveTheDirectoryAreRefused() {
        for (String name : new String[] {"", ".hidden", "a/b", "..", "a b", "x".repeat(101)}) {
            assertThatThrownBy(() -> cursors.open(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + name + "' is no name of a cursor: use letters, digits, dot, hyphen and"
                            + " underscore, beginning with a letter or digit, at most 100");
        }
    }
}
