package io.zoomws.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/zoom-ws} of an unpacked archive: what it finds, what it says, what it becomes. */
class LauncherTest {

    @TempDir
    static Path folder;

    private static Path home;

    @TempDir
    Path work;

    private Path launcher;

    @BeforeAll
    static void unpack() throws Exception {
        home = Archive.unpack(Files.createDirectory(folder.resolve("a folder with blanks")));
    }

    @BeforeEach
    void findLauncher() {
        launcher = home.resolve("bin/zoom-ws");
    }

    @Test
    void theDemoRunsThroughALinkToALinkAndAddsUp() throws Exception {
        Path first = Files.createSymbolicLink(
                folder.resolve("first link"), Path.of("a folder with blanks", Archive.NAME, "bin/zoom-ws"));
        Path second = Files.createSymbolicLink(folder.resolve("second link"), first);

        Command.Result demo = Command.of(
                        work, second, "demo", "--for", "3s", "--rate", "20/s", "--port", "0", "--data", "some data")
                .run();

        assertThat(demo.status()).as(demo.err()).isZero();
        assertThat(demo.out().lines().reduce((earlier, last) -> last).orElseThrow())
                .matches("sent (\\d+), journaled \\1, handled \\1, gaps 0");
    }

    @Test
    void theExampleOfAConfigurationIsGoodAsItIs() throws Exception {
        Command.Result check = Command.of(work, launcher, "config", "check", "-c", home.resolve("conf/zoom-ws.yaml"))
                .with("ZOOM_SUBSCRIPTION_ID", "a-subscription")
                .with("ZOOM_CLIENT_ID", "a-client")
                .with("ZOOM_CLIENT_SECRET", "a-secret")
                .run();

        assertThat(check.err()).isEqualTo("zoom-ws: the configuration is good: 1 subscriptions, 1 plugin instances\n");
        assertThat(check.status()).isZero();
    }

    @Test
    void becomesTheJvmWithTheOptionsOfTheFileThenThoseOfTheVariables() throws Exception {
        Path java = fakeJava("openjdk version \"17.0.1\" 2021-10-19");

        Command.Result run = Command.of(work, launcher, "run", "-c", "a file")
                .with("JAVA_HOME", java)
                .with("JAVA_OPTS", "-Xmx1g -Da=b")
                .with("ZOOMWS_JAVA_OPTS", "-Xmx2g")
                .run();

        assertThat(run.out().lines())
                .containsExactly(
                        Long.toString(run.pid()),
                        "@" + home.toRealPath() + "/conf/jvm.options",
                        "-Xshare:auto",
                        "-Xmx1g",
                        "-Da=b",
                        "-Xmx2g",
                        "-jar",
                        home.toRealPath() + "/lib/zoom-ws.jar",
                        "run",
                        "-c",
                        "a file");
    }

    @Test
    void javaOf2025IsToldNotToWarnAndWhatReadsMuchIsCompiledWell() throws Exception {
        Path java = fakeJava("openjdk version \"25\" 2025-09-16");

        Command.Result run =
                Command.of(work, launcher, "replay").with("JAVA_HOME", java).run();

        assertThat(run.out().lines())
                .containsSequence("-XX:TieredStopAtLevel=4", "--sun-misc-unsafe-memory-access=allow", "-jar");
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Path java = fakeJava("java version \"1.8.0_402\"");

        Command.Result run =
                Command.of(work, launcher, "run").with("JAVA_HOME", java).run();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("zoom-ws: " + java
                        + "/bin/java is Java 8, and zoom-ws needs 17 or newer: set JAVA_HOME to such a Java.\n");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Command.Result run =
                Command.of(work, launcher, "run").with("JAVA_HOME", work).run();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("zoom-ws: JAVA_HOME is " + work
                        + ", but there is no bin/java in it: point it at a Java 17 or newer.\n");
    }

    @Test
    void withoutAnyJavaItSaysSo() throws Exception {
        Path tools = Files.createDirectory(work.resolve("tools"));
        for (String tool : List.of("dirname", "readlink", "sed", "head")) {
            executable(tools.resolve(tool), "exec %s \"$@\"".formatted(which(tool)));
        }

        Command.Result run = Command.of(work, "/bin/sh", launcher, "run")
                .with("JAVA_HOME", "")
                .with("PATH", tools)
                .run();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("zoom-ws: no java found: install Java 17 or newer, or set JAVA_HOME.\n");
    }

    @Test
    void aCopyOfTheScriptAloneSaysWhatIsMissing() throws Exception {
        Path copy = Files.createDirectories(work.resolve("bin")).resolve("zoom-ws");
        Files.copy(launcher, copy);

        Command.Result run = Command.of(work, "/bin/sh", copy, "run").run();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("zoom-ws: " + work.toRealPath()
                        + "/lib is missing: unpack the whole archive, and link to this script rather than copy it.\n");
    }

    @Test
    void bashCompletesCommands() throws Exception {
        String script = "source '" + home.resolve("completion/zoom-ws")
                + "'; COMP_WORDS=(zoom-ws journal ver); COMP_CWORD=2; _complete_zoom-ws; echo \"${COMPREPLY[@]}\"";

        Command.Result completed = Command.of(work, "bash", "-c", script).run();

        assertThat(completed.out()).as(completed.err()).isEqualTo("verify\n");
    }

    /** A folder like a Java's: says a version if asked, and prints its process id and arguments, one a line, if not. */
    private Path fakeJava(String version) throws IOException {
        executable(Files.createDirectories(work.resolve("a java/bin")).resolve("java"), """
                if [ "$1" = -version ]; then echo '%s' >&2; exit; fi
                printf '%%s\\n' "$$" "$@"
                """.formatted(version));
        return work.resolve("a java");
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String which(String tool) throws Exception {
        return Command.of(work, "sh", "-c", "command -v " + tool).run().out().strip();
    }
}
