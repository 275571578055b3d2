package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.journal.Journals;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the cursors of a real journal, whose locks count. */
class LentCursorsTest {

    @TempDir
    private Path data;

    private Cursors host;

    @BeforeEach
    void openHost() {
        host = Journals.cursors(data, "main");
    }

    @Test
    void aNameIsBelowTheInstances() {
        try (LentCursors cursors = new LentCursors(host, "sales");
                Cursor cursor = cursors.open("mails")) {
            cursor.save(7);
            assertThat(cursor.name()).isEqualTo("sales.mails");
        }

        try (Cursor same = host.open("sales.mails")) {
            assertThat(same.position()).hasValue(7);
        }
    }

    @Test
    void aNameThatIsNoneIsRefusedAsItWasWritten() {
        try (LentCursors cursors = new LentCursors(host, "sales")) {
            assertThatThrownBy(() -> cursors.open("../mails"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'../mails' is no name for a cursor: use letters, digits, dot, hyphen and underscore,"
                            + " beginning with a letter or digit");
            assertThatThrownBy(() -> cursors.open("")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsStillOpenAtTheEndIsFreeForTheNextInstanceAndMovesNoMore() {
        LentCursors ended = new LentCursors(host, "sales");
        Cursor leftOpen = ended.open("mails");
        leftOpen.save(7);

        ended.close();

        try (LentCursors next = new LentCursors(host, "sales");
                Cursor taken = next.open("mails")) {
            taken.save(8);
            leftOpen.save(3);
            leftOpen.close();
            assertThat(taken.position()).hasValue(8);
            assertThatThrownBy(() -> host.open("sales.mails")).isInstanceOf(JournalException.class);
        }
    }

    @Test
    void anOrderlyEndIsSavedAsOne() {
        try (LentCursors cursors = new LentCursors(host, "sales");
                Cursor cursor = cursors.open("mails")) {
            cursor.saveAtRest(7);
            assertThat(cursor.isAtRest()).isTrue();
            cursor.save(7);
            assertThat(cursor.isAtRest()).isFalse();
        }
    }

    @Test
    void oneThatWasClosedCanBeOpenedAgain() {
        try (LentCursors cursors = new LentCursors(host, "sales")) {
            cursors.open("mails").close();

            try (Cursor again = cursors.open("mails")) {
                assertThat(again.position()).isEmpty();
            }
        }
    }

    @Test
    void nothingIsOpenedOnceTheInstanceHasEnded() {
        LentCursors cursors = new LentCursors(host, "sales");
        cursors.close();

        assertThatThrownBy(() -> cursors.open("mails"))
                .isInstanceOf(JournalException.class)
                .hasMessage("The instance 'sales' has ended, and its cursors with it");
    }
}
