package io.zoomws.plugin.attendance;

import io.zoomws.spi.Delivery;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A second JVM with the plugin in it. It prints each position that it stored, or why there is no plugin. */
final class AnotherProcess implements AutoCloseable {

    /** Some 500 events. */
    static final List<TestEvent> JOURNAL = Story.journal(7, 20);

    private final Process process;
    private final BufferedReader output;

    AnotherProcess(Path directory) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The next line; null when the process has ended. */
    String line() throws Exception {
        return output.readLine();
    }

    /** SIGKILL. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
        output.close();
    }

    public static void main(String[] arguments) throws Exception {
        try (AttendanceHandler handler = new AttendanceHandler(
                new EmbeddedAttendanceTest().settings(), TestContext.live(Path.of(arguments[0])))) {
            for (TestEvent event : JOURNAL) {
                handler.handle(List.of(event), new Delivery(false, 1));
                System.out.println(event.sequence() + 1);
            }
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }
}
