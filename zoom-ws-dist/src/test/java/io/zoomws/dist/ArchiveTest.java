package io.zoomws.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archive, and that nothing in it tells who built it. */
class ArchiveTest {

    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        home = Archive.unpack(folder);
    }

    @Test
    void eachEntryBelongsToRootIsOfTheSameTimeAndOpenToAllReaders() throws Exception {
        Command.Result list = Command.of(folder, "tar", "tvzf", Archive.FILE, "--utc")
                .with("LC_ALL", "C")
                .run();

        assertThat(list.out().lines()).hasSizeGreaterThan(100).allSatisfy(line -> assertThat(line)
                .matches("(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x) root/root +\\d+ 2026-11-01 00:00 "
                        + Archive.NAME.replace(".", "\\.") + "/.*"));
        assertThat(list.out().lines().filter(line -> line.startsWith("-rwx")))
                .extracting(line -> line.replaceAll(".*/", ""))
                .containsExactly("share-classes", "zoom-ws");
    }

    @Test
    void thereAreTheFoldersThatTheDocumentationNames() throws Exception {
        assertThat(Archive.names(home))
                .containsExactly(
                        "CHANGELOG.md",
                        "LICENSE",
                        "SECURITY.md",
                        "THIRD-PARTY.txt",
                        "bin",
                        "completion",
                        "conf",
                        "container",
                        "docs",
                        "kubernetes",
                        "lib",
                        "plugins",
                        "systemd");
    }

    @Test
    void theLibrariesAreThoseThatTheServerWasTestedWith() throws Exception {
        Path built = Archive.TREE.resolve("zoom-ws-server/target");
        Set<String> expected = Archive.names(built.resolve("lib"));
        expected.add(Archive.NAME.replaceFirst("zoom-ws", "zoom-ws-server") + ".jar");
        expected.add("zoom-ws.jar");
        expected.add("java.sh");

        assertThat(Archive.names(home.resolve("lib"))).containsExactlyElementsOf(expected);
    }

    @Test
    void eachPluginOfTheTreeIsInItButForTheTemplate() throws Exception {
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> projects = Files.list(Archive.TREE.resolve("plugins"))) {
            for (Path project : projects.toList()) {
                if (Files.exists(project.resolve("pom.xml")) && !project.endsWith("zoom-ws-plugin-template")) {
                    expected.addAll(Archive.names(project.resolve("target/plugin")));
                }
            }
        }

        assertThat(expected).contains("attendance", "console");
        assertThat(Archive.names(home.resolve("plugins"))).containsExactlyElementsOf(expected);
    }

    @Test
    void eachLibraryIsNamedWithItsLicence() throws Exception {
        List<String> thirdParties;
        try (Stream<String> lines = Files.lines(home.resolve("THIRD-PARTY.txt"))) {
            thirdParties = lines.filter(line -> line.contains(":"))
                    .filter(line -> line.matches("\\S+:\\S+:\\S+ - \\S.*"))
                    .map(line -> line.replaceFirst("^[^:]+:([^:]+):(\\S+) - .*", "$1-$2"))
                    .toList();
        }
        Set<String> libraries = new TreeSet<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("zoom-ws"))
                    // What is native to each platform is named once.
                    .map(name -> name.replaceFirst("(-native)?\\.jar$", ""))
                    .forEach(libraries::add);
        }

        assertThat(libraries).hasSizeGreaterThan(50);
        assertThat(new TreeSet<>(thirdParties)).containsExactlyElementsOf(libraries);
    }
}
