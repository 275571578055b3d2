package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events hold credentials: nobody but the owner looks into what is made here. */
class PrivacyTest {

    @TempDir
    Path folder;

    @BeforeEach
    void onlyWhereThereArePermissions() {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    }

    @Test
    void whatAJournalAndItsCursorsMakeIsForTheOwnerOnly() throws Exception {
        Path data = folder.resolve("new/data");
        JournalWriter.open(data, "main").close();
        Journals.cursors(data, "main").open("console").close();

        assertThat(permissions(data.resolve("main"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("main/journal"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("main/cursors"))).isEqualTo("rwx------");
        assertThat(Privacy.complaint(data.resolve("main"))).isEmpty();
    }

    @Test
    void cursorsThatAreMadeBeforeTheJournalAreForTheOwnerOnly() throws Exception {
        Journals.cursors(folder, "main").open("console").close();

        assertThat(permissions(folder.resolve("main"))).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsThereIsLeftAloneAndSpokenOfIfOthersMayLookIntoIt() throws Exception {
        Path open = directory("rwxr-x---");
        JournalWriter.open(folder, "main").close();

        assertThat(permissions(open)).isEqualTo("rwxr-x---");
        assertThat(Privacy.complaint(open))
                .contains("Other users of this machine may look into " + open
                        + ", and what is journaled holds live credentials: chmod 700 '" + open + "'");
    }

    @Test
    void aDirectoryThatIsALinkIsUsed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path data = Files.createSymbolicLink(folder.resolve("data"), elsewhere);

        JournalWriter.open(data, "main").close();

        assertThat(permissions(elsewhere.resolve("main"))).isEqualTo("rwx------");
    }

    @Test
    void ofADirectoryThatIsNotThereNothingIsSaid() {
        assertThat(Privacy.complaint(folder.resolve("main"))).isEmpty();
    }

    private Path directory(String permissions) throws IOException {
        Path made = Files.createDirectory(folder.resolve("main"));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
