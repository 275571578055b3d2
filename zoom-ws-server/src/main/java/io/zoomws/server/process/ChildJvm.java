package io.zoomws.server.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child's JVM is started: this one's Java and class path, and the options that the server's own libraries need. Of the
 * environment it has all but {@code ZOOM…}, which may hold the credentials of a Zoom app: they are none of a plugin's business.
 *
 * @param options of the operator; the last word
 * @param output where what the plugin prints goes
 */
public record ChildJvm(List<String> options, Redirect output) {

    /** Read before a plugin runs, which may clear the properties of the process. */
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    /** A JDK that knows {@code --sun-misc-unsafe-memory-access}, and warns of that access without it. */
    private static final int WARNS_OF_UNSAFE = 24;

    /** Read by the configuration of the log; no secret. */
    private static final String LOG_LEVEL = "ZOOMWS_LOG_LEVEL";

    /** Takes a copy. */
    public ChildJvm {
        options = List.copyOf(options);
    }

    /**
     * One whose plugin prints to this process's standard output.
     *
     * @param options of the operator
     * @return how to start it
     */
    public static ChildJvm with(List<String> options) {
        return new ChildJvm(options, Redirect.INHERIT);
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectOutput(output);
        builder.environment().keySet().removeIf(name -> name.startsWith("ZOOM") && !name.equals(LOG_LEVEL));
        return builder;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        // As in the manifest of the server's jar, which counts for -jar only.
        command.addAll(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        // Standard output belongs to the plugin: a JVM would warn and take its leave there.
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"));
        // A JVM without memory is good for nothing but a new start. One thread does most of the work here.
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC"));
        addProperty(command, LOG_LEVEL);
        addProperty(command, "logback.configurationFile");
        command.addAll(options);
        command.addAll(List.of("-cp", CLASS_PATH, PluginProcess.class.getName()));
        return command;
    }

    private static void addProperty(List<String> command, String name) {
        String value = System.getProperty(name);
        if (value != null) {
            command.add("-D" + name + "=" + value);
        }
    }
}
