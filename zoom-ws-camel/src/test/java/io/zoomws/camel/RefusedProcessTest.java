package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code source=live} says in a JVM that cannot do it, which takes a process of its own to see. */
@Timeout(60)
class RefusedProcessTest {

    private static final String LANG = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    private static final String NIO = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    @TempDir
    private Path data;

    @Test
    void withoutTheFlagsOfTheJvmItSaysWhichToAdd() throws Exception {
        assertThat(said(List.of(), WriterProcess.classPath()))
                .isEqualTo("zoomws:main: data=" + data + ": Cannot write the journal " + data.resolve("main/journal")
                        + ": start this JVM with the options " + LANG + " " + NIO
                        + ", on its command line or in JAVA_TOOL_OPTIONS");
    }

    @Test
    void withOneOfTheFlagsItNamesTheOther() throws Exception {
        assertThat(said(List.of(LANG), WriterProcess.classPath()))
                .contains("with the options " + NIO + ", on its command line")
                .doesNotContain(LANG);
    }

    @Test
    void withoutTheModulesThatReceiveItSaysWhatToAdd() throws Exception {
        assertThat(said(List.of(LANG, NIO), without("zoom-ws-feed")))
                .isEqualTo(
                        "zoomws:main: source=live needs the modules that receive: add io.zoomws:zoom-ws-feed to the class"
                                + " path");
    }

    @Test
    void withTheComponentAloneItSaysWhatToAdd() throws Exception {
        String path = without("zoom-ws-feed", "zoom-ws-core", "zoom-ws-auth", "zoom-ws-journal");
        assertThat(said(List.of(LANG, NIO), path))
                .isEqualTo(
                        "zoomws:main: source=live needs the modules that receive: add io.zoomws:zoom-ws-feed to the class"
                                + " path");
    }

    /** A module is a folder of classes here and a jar elsewhere. */
    private static String without(String... modules) {
        Predicate<String> ofModule = entry -> Arrays.stream(modules)
                .anyMatch(module -> entry.contains("/" + module + "/") || entry.contains("/" + module + "-0"));
        return Arrays.stream(WriterProcess.classPath().split(File.pathSeparator))
                .filter(ofModule.negate())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String said(List<String> flags, String classPath) throws IOException, InterruptedException {
        Process process = WriterProcess.java(flags, classPath, RefusedProcess.class, data.toString());
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
