package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorsTest {

    @TempDir
    Path data;

    private Cursors cursors = name -> {
        throw new AssertionError(name);
    };

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
                .isInstanceOf(JournalException.class)
                .hasMessage("The cursor " + file + " is damaged. Delete that file to begin where a new consumer would,"
                        + " or set the position anew; nothing is guessed.");
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
