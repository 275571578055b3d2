package io.zoomws.plugin.attendance;

import io.zoomws.spi.Delivery;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A second JVM with the plugin in it. It prints each position that it stored, or why there is no plugin; or resets what it finds,
 * says so, and waits to be killed.
 */
final class AnotherProcess implements AutoCloseable {

    /** Some 500 events. */
    static final List<TestEvent> JOURNAL = Story.journal(7, 20);

    private static final String HANDLE = "handle";
    private static final String RESET = "reset";

    private final Process process;
    private final BufferedReader output;

    /** One that handles the journal. */
    AnotherProcess(Path directory) throws Exception {
        this(directory, HANDLE);
    }

    /** One that resets. */
    static AnotherProcess resetting(Path directory) throws Exception {
        return new AnotherProcess(directory, RESET);
    }

    private AnotherProcess(Path directory, String task) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherProcess.class.getName(),
                        directory.toString(),
                        task)
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
            if (arguments[1].equals(RESET)) {
                handler.position();
                handler.reset();
                System.out.println(RESET);
                new CountDownLatch(1).await();
            }
            for (TestEvent event : JOURNAL) {
                handler.handle(List.of(event), new Delivery(false, 1));
                System.out.println(event.sequence() + 1);
            }
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }
}
