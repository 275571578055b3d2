package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoomws.spi.JournalException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not ours, or cannot be relied on, is refused by name, and nothing in it is changed. */
class RefusalTest {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String NOBODY = "65534";

    @TempDir
    Path data;

    @Test
    void aSegmentOfAnotherJournalIsRefused() throws Exception {
        write("main");
        write("other");
        Segment own = segments("main").get(0);
        delete(own.directory());
        copy(segments("other").get(0).directory(), own.directory());

        assertRefused(own.directory()
                + " is a segment of another journal: move it away, and restore the one that was there, if there was");
    }

    @Test
    void aSegmentOfAnotherJournalBesideOurOwnIsRefusedToReadersAndWriters() throws Exception {
        write("main");
        write("other");
        write("other");
        Path foreign = segments("other").get(1).directory();
        Path own = segments("main").get(0).directory();
        Path renamed = own.resolveSibling("00000001-0000000000000000007");
        copy(foreign, renamed);

        String refusal = own + " and " + renamed + " cannot be of one journal: move the one that was copied here away";
        assertRefused(refusal);
        assertThatThrownBy(() -> Journals.openReader(data, "main"))
                .isInstanceOf(JournalException.class)
                .hasMessage(refusal);
    }

    @Test
    void aJournalWithoutANumberOfItsOwnIsOpenedAsBefore() throws Exception {
        write("main");
        Files.writeString(journal("main").resolve("format"), "zoom-ws journal 1\n");
        write("main");
        write("main");
    }

    @Test
    void aJournalThatIsPutTogetherFromSegmentsHasTheirNumber() throws Exception {
        write("main");
        Path format = journal("main").resolve("format");
        String before = Files.readString(format);
        Files.delete(format);

        JournalDirectory.label(journal("main"));

        assertThat(Files.readString(format)).isEqualTo(before).matches("zoom-ws journal 1\nid [0-9a-f]+\n");
        write("main");
    }

    @Test
    void fileSystemsOfOtherMachinesAreRefusedAndLocalOnesAreNot() {
        assertThat(List.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "fuse", "NFS"))
                .allMatch(RemoteFileSystem::isRemote);
        assertThat(List.of("ext4", "ext2/ext3", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "apfs", "NTFS"))
                .noneMatch(RemoteFileSystem::isRemote);
        assertThat(RemoteFileSystem.text(Path.of("/mnt/share"), "nfs4"))
                .isEqualTo(
                        "Cannot keep a journal on /mnt/share: it is on a file system of type nfs4, where locks and writes"
                                + " to the disk cannot be relied on. Use a data directory on a local disk.");
        assertThat(RemoteFileSystem.refusal(data)).isEmpty();
    }

    @Test
    void aDirectoryThatIsSomebodyElsesIsRefusedWithTheRemedy() throws Exception {
        boolean asOther = Files.isExecutable(SETPRIV)
                && Files.getOwner(data, LinkOption.NOFOLLOW_LINKS).getName().equals("root");
        if (!asOther) {
            System.out.println("RefusalTest: SKIPPED permissions: needs root and setpriv, to become somebody else");
        }
        assumeTrue(asOther);
        write("main");
        Path journal = journal("main");
        List<String> copies = new ArrayList<>();
        for (Class<?> type : List.of(JournalDirectory.class, JournalException.class, Unprivileged.class)) {
            Path copied = data.resolve("classes of " + type.getSimpleName());
            copy(
                    Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()),
                    copied);
            copies.add(copied.toString());
        }
        String classes = String.join(File.pathSeparator, copies);
        allow(data, "rwxr-xr-x");

        assertThat(unprivileged(classes, "read"))
                .isEqualTo("Cannot read " + data.resolve("main")
                        + ": permission denied. Run zoom-ws as the user that owns it.");
        assertThat(unprivileged(classes, "write"))
                .isEqualTo("Cannot read " + data.resolve("main")
                        + ": permission denied. Run zoom-ws as the user that owns it.");
        allow(data.resolve("main"), "rwxr-xr-x");
        allow(journal, "rwxr-xr-x");
        allow(journal.resolve("format"), "rw-r--r--");
        assertThat(unprivileged(classes, "read")).isEqualTo("done");
        assertThat(unprivileged(classes, "write"))
                .isEqualTo("Cannot write to " + journal
                        + ": permission denied. Make the data directory writable, or use another.");
        allow(journal, "rwxrwxrwx");
        assertThat(unprivileged(classes, "write"))
                .as("after one run as another user")
                .isEqualTo("Cannot write to " + journal.resolve("lock")
                        + ": permission denied. Make the data directory writable, or use another.");
    }

    /** Looks at a journal as a user who is not root; needs nothing but our classes. */
    static final class Unprivileged {

        private Unprivileged() {}

        public static void main(String[] arguments) {
            Path journal = JournalDirectory.journal(Path.of(arguments[1]), "main");
            try {
                if (arguments[0].equals("read")) {
                    JournalDirectory.check(journal);
                } else {
                    JournalDirectory.prepare(journal);
                }
                System.out.println("done");
            } catch (JournalException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String unprivileged(String classes, String what) throws Exception {
        Process process = new ProcessBuilder(
                        SETPRIV.toString(),
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        Unprivileged.class.getName(),
                        what,
                        data.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void assertRefused(String message) throws IOException {
        Map<String, Long> before = files();
        assertThatThrownBy(() -> JournalWriter.open(data, "main"))
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
        assertThat(files()).isEqualTo(before);
    }

    /** All names and lengths but those of the lock. */
    private Map<String, Long> files() throws IOException {
        Map<String, Long> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(journal("main"))) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                if (!path.endsWith("lock")) {
                    found.put(path.toString(), Files.size(path));
                }
            }
        }
        return found;
    }

    private void write(String subscription) {
        try (JournalWriter writer = JournalWriter.open(data, subscription)) {
            Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{}");
        }
    }

    private Path journal(String subscription) {
        return data.resolve(subscription).resolve("journal");
    }

    private List<Segment> segments(String subscription) {
        return Segment.list(journal(subscription));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(all::add);
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
