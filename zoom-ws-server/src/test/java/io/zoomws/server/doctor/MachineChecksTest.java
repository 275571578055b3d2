package io.zoomws.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of this machine, and what becomes of it. */
class MachineChecksTest {

    private static final long MIB = 1 << 20;
    private static final Path DATA = Path.of("/data");

    @Test
    void javaMustOpenWhatTheJournalNeeds() {
        assertThat(JavaCheck.judge(new JavaCheck.Facts(17, "17.0.15", "Linux amd64", Optional.empty())))
                .isEqualTo(Verdict.ok("Java 17.0.15 on Linux amd64"));
        assertThat(JavaCheck.judge(new JavaCheck.Facts(
                        17, "17.0.15", "Linux amd64", Optional.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"))))
                .isEqualTo(Verdict.failure(
                        "Java 17.0.15 on Linux amd64 does not open to the journal what it needs",
                        "start it with ./zoom-ws or java -jar, which do, or add"
                                + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
        assertThat(JavaCheck.judge(new JavaCheck.Facts(26, "26", "Linux amd64", Optional.empty())))
                .isEqualTo(Verdict.warning(
                        "Java 26 on Linux amd64 is newer than any that zoom-ws is tested with",
                        "use a Java from 17 to 25 if the journal cannot be opened"));
    }

    private static Verdict disk(String fileSystem, long usable, long stop, Optional<String> refusal) {
        return DiskCheck.judge(new JournalPlace(DATA, fileSystem, 100_000 * MIB, usable * MIB, stop * MIB, refusal));
    }

    @Test
    void roomIsJudgedByWhereTheWriterStops() {
        assertThat(disk("ext4", 5000, 1056, Optional.empty()))
                .isEqualTo(
                        Verdict.ok("5000 MiB are free in /data (ext4); nothing is received with less than 1056 MiB"));
        assertThat(disk("ext4", 2000, 1056, Optional.empty()))
                .isEqualTo(Verdict.warning(
                        "2000 MiB are free in /data (ext4), and nothing is received with less than 1056 MiB",
                        "make room, or let retention do it (zoomws.journal.retention)"));
        assertThat(disk("ext4", 1056, 1056, Optional.empty()))
                .isEqualTo(Verdict.failure(
                        "1056 MiB are free in /data (ext4), and nothing is received with less than 1056 MiB",
                        "make room, let retention do it (zoomws.journal.retention), or lower zoomws.journal.reserve"));
    }

    @Test
    void aFileSystemThatForgetsOrLiesIsNamed() {
        assertThat(disk("nfs4", 5000, 1056, Optional.of("refused")))
                .isEqualTo(Verdict.failure(
                        "no journal can be kept on the file system nfs4 of /data",
                        "use a data directory on a local disk: locks and writes cannot be relied on there"));
        assertThat(disk("tmpfs", 5000, 1056, Optional.empty()))
                .isEqualTo(Verdict.warning(
                        "5000 MiB are free in /data (tmpfs), which is memory: nothing of it survives a restart of the"
                                + " machine",
                        "use a data directory on a disk"));
        assertThat(disk("overlay", 5000, 1056, Optional.empty()))
                .isEqualTo(Verdict.warning(
                        "5000 MiB are free in /data (overlay), which is a container's own layer: it goes with the"
                                + " container",
                        "mount a volume and put zoomws.data there"));
    }

    @Test
    void whoMayWriteAndWhoMayLookAreJudged(@TempDir Path directory) throws Exception {
        Path main = directory.resolve("main");
        assertThat(PermissionsCheck.judge(PermissionsCheck.Facts.of(main)))
                .isEqualTo(Verdict.ok(main + " is not there yet and can be made"));
        assertThat(main).doesNotExist();

        Files.createDirectory(main);
        Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rwx------"));
        assertThat(PermissionsCheck.judge(PermissionsCheck.Facts.of(main)))
                .isEqualTo(Verdict.ok(main + " is this user's only"));

        Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(PermissionsCheck.judge(PermissionsCheck.Facts.of(main)))
                .isEqualTo(Verdict.failure(
                        "other users of this machine may look into " + main
                                + ", and what is journaled holds live credentials: nothing is written there",
                        "chmod -R go-rwx '" + main + "'"));

        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(PermissionsCheck.judge(PermissionsCheck.Facts.of(file.resolve("main"))))
                .isEqualTo(Verdict.failure(
                        file + " is no directory", "move it away, or choose another zoomws.data (--data)"));
        assertThat(PermissionsCheck.judge(new PermissionsCheck.Facts(DATA, DATA, true, false, false, Optional.empty())))
                .isEqualTo(Verdict.failure(
                        "this user may not read, write and enter /data",
                        "run zoom-ws as the user that owns it, or choose another zoomws.data (--data)"));
    }

    @Test
    void aFileSystemWithoutPermissionsIsAWarning() {
        assertThat(PermissionsCheck.judge(
                        new PermissionsCheck.Facts(DATA, DATA, true, true, false, Optional.of("it keeps none"))))
                .isEqualTo(Verdict.warning("it keeps none", "use a data directory on a file system that keeps them"));
    }

    @Test
    void aPluginThatCannotBeStartedIsNamedAndDoesNotKeepEventsFromComing() {
        assertThat(PluginsCheck.judge(0, List.of()))
                .isEqualTo(Verdict.ok("none is configured: events are journaled only"));
        assertThat(PluginsCheck.judge(1, List.of()))
                .isEqualTo(Verdict.ok("1 instance is there and takes its settings"));
        assertThat(PluginsCheck.judge(2, List.of()))
                .isEqualTo(Verdict.ok("2 instances are there and take their settings"));
        assertThat(PluginsCheck.judge(2, List.of("one is not there", "two is not there")))
                .isEqualTo(Verdict.failure(
                        "one is not there\ntwo is not there",
                        "mend that: until then events are received and journaled, but not handed to them"));
    }

    @Test
    void aServerOnThisMachineIsInTheWayOfAConnectionOnly() {
        assertThat(HolderCheck.judge(Optional.empty(), true))
                .isEqualTo(Verdict.ok("no server on this machine writes this journal"));
        assertThat(HolderCheck.judge(Optional.of("process 1 on host"), false))
                .isEqualTo(Verdict.ok("the journal is written by process 1 on host"));
        assertThat(HolderCheck.judge(Optional.of("process 1 on host"), true))
                .isEqualTo(Verdict.failure(
                        "the journal is written by process 1 on host, whose connection --connect would end",
                        "leave --connect out and ask that server, under /api/v1/status, or stop it first"));
    }
}
