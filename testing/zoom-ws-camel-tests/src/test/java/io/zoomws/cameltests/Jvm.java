package io.zoomws.cameltests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process of its own, with the flags that the page names. */
final class Jvm {

    private Jvm() {}

    /** Starts a main class of the test class path, or of folders before that. */
    static Process start(List<String> options, List<Path> folders, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(Page.block(
                        "",
                        "--add-opens java.base/java.lang.reflect=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED\n")
                .strip()
                .split(" ")));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(folders), main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    private static String classPath(List<Path> folders) {
        StringBuilder path = new StringBuilder();
        folders.forEach(folder -> path.append(folder).append(File.pathSeparator));
        return path.append(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .toString();
    }
}
