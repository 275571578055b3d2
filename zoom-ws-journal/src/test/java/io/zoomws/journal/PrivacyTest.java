package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void cursorsThatAreMadeBeforeTheJournalAreForTheOwnerOnly() throws Exception {
        Journals.cursors(folder, "main").open("console").close();

        assertThat(permissions(folder.resolve("main"))).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryOfOthersIsRefusedToWhoeverWritesWithTheCommandThatMendsIt() throws Exception {
        writeAndBackUp(folder);
        Path open = permit(folder.resolve("main"), "rwxr-x---");
        Path openBackup = permit(folder.resolve("backup"), "rwx-----x");

        String refusal = "Other users of this machine may look into " + open
                + ", and what is journaled holds live credentials: chmod -R go-rwx '" + open + "'";
        assertRefused(refusal, () -> JournalWriter.open(folder, "main"));
        assertRefused(refusal, () -> Journals.cursors(folder, "main").open("console"));
        assertRefused(
                refusal, () -> new Retention(folder, "main", Clock.systemUTC()).apply(RetentionPolicy.KEEP_ALL, false));
        assertRefused(
                "Other users of this machine may look into " + openBackup
                        + ", and what is journaled holds live credentials: chmod -R go-rwx '" + openBackup + "'",
                () -> JournalBackup.backup(folder, "main", openBackup));
        assertThat(permissions(open)).as("left to its owner").isEqualTo("rwxr-x---");
        assertThat(Journals.summary(folder, "main").entries())
                .as("readers read")
                .isEqualTo(3);
    }

    @Test
    void theCommandThatIsNamedMendsIt() throws Exception {
        writeAndBackUp(folder);
        Path open = permit(folder.resolve("main"), "rwxrwxrwx");
        permit(open.resolve("journal/format"), "rw-r--r--");

        assertThatThrownBy(() -> JournalWriter.open(folder, "main"))
                .isInstanceOfSatisfying(JournalException.class, e -> {
                    String message = String.valueOf(e.getMessage());
                    run("sh", "-c", message.substring(message.indexOf("chmod")));
                });

        JournalWriter.open(folder, "main").close();
        assertThat(permissions(open)).isEqualTo("rwx------");
        assertThat(permissions(open.resolve("journal/format"))).isEqualTo("rw-------");
    }

    @Test
    void theDataDirectoryMayBeAnybodysIfWeDidNotMakeIt() throws Exception {
        permit(folder, "rwxr-xr-x");

        JournalWriter.open(folder, "main").close();

        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(folder.resolve("main"))).isEqualTo("rwx------");
    }

    @Test
    void allFilesAndDirectoriesAreForTheOwnerOnly() throws Exception {
        Path data = folder.resolve("above/data");

        writeAndBackUp(data);

        assertOwnerOnly(data);
    }

    @Test
    void allFilesAndDirectoriesAreForTheOwnerOnlyThoughTheUmaskForbidsNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
        command.addAll(JournalChild.java(PrivacyTest.class));
        Path data = folder.resolve("above/data");
        command.add(data.toString());

        run(command.toArray(String[]::new));

        assertOwnerOnly(data);
    }

    private static void assertOwnerOnly(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all.filter(path -> !modeOf(path).equals(Files.isDirectory(path) ? "rwx------" : "rw-------")))
                    .isEmpty();
        }
        assertThat(data.resolve("backup/manifest")).exists();
        assertThat(data.resolve("second/journal/durable")).exists();
    }

    /** Makes everything that a journal makes, in a process whose umask is the test's. */
    public static void main(String[] arguments) throws Exception {
        writeAndBackUp(Path.of(arguments[0]));
    }

    private static void writeAndBackUp(Path data) {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            writer.append(StoredKind.TEXT_FRAME, 1, 1, 0, ByteBuffer.wrap(new byte[] {'{', '}'}));
        }
        try (var cursor = Journals.cursors(data, "main").open("console", true)) {
            cursor.save(2);
        }
        JournalBackup.backup(data, "main", data.resolve("backup"));
        JournalRestore.restore(data.resolve("backup"), data, Optional.of("second"), name -> 0, Clock.systemUTC());
    }

    @Test
    void aFileSystemWithoutPermissionsIsNoticedAndNotRefused() throws Exception {
        URI zip = URI.create("jar:" + folder.resolve("a.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path directory = files.getPath("/data/main");
            Privacy.createDirectories(directory);
            Privacy.file(directory.resolve("format"));

            Privacy.requireOwnerOnly(directory);

            assertThat(Privacy.notice(directory))
                    .contains("The file system of /data/main keeps no permissions of files: who may read what is"
                            + " journaled there cannot be told, and it holds live credentials");
        }
        assertThat(Privacy.notice(Files.createDirectory(folder.resolve("main"))))
                .isEmpty();
    }

    @Test
    void aDirectoryThatIsALinkIsUsed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path data = Files.createSymbolicLink(folder.resolve("data"), elsewhere);

        JournalWriter.open(data, "main").close();

        assertThat(permissions(elsewhere.resolve("main"))).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsNotThereIsNotRefused() throws Exception {
        Privacy.requireOwnerOnly(folder.resolve("main"));
    }

    private static void assertRefused(String message, ThrowingCallable writer) {
        assertThatThrownBy(writer).isInstanceOf(JournalException.class).hasMessage(message);
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String modeOf(Path path) {
        try {
            return permissions(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
