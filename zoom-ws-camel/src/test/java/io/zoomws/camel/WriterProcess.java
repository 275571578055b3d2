package io.zoomws.camel;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that writes a journal: the server's part. Told how many events to append, by line. */
final class WriterProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private WriterProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static WriterProcess start(Path data) throws IOException {
        WriterProcess writer = new WriterProcess(java(WriterProcess.class, data.toString()));
        writer.expect("open");
        return writer;
    }

    /** Starts a main class of the test class path, with the flags of this JVM that Chronicle needs. */
    static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .toList();
        return java(flags, classPath(), main, arguments);
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static Process java(List<String> flags, String classPath, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
    }

    /** Appends events with the next numbers; returns when they are handed over. */
    void append(int count) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((count + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        expect("appended");
    }

    private void expect(String word) throws IOException {
        String line = out.readLine();
        if (!word.equals(line)) {
            throw new AssertionError("the writer said " + line + ", not " + word);
        }
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** The event with a number. */
    static String event(int number) {
        return "{\"event\":\"test.numbered\",\"n\":" + number + ",\"event_ts\":" + (1_767_261_600_000L + number) + "}";
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (JournalWriter writer = JournalWriter.open(Path.of(arguments[0]), "main")) {
            System.out.println("open");
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                for (int left = Integer.parseInt(line); left > 0; left--) {
                    String frame = "{\"module\":\"message\",\"content\":\""
                            + event(number++).replace("\"", "\\\"") + "\"}";
                    Instant now = Instant.now();
                    writer.append(
                            StoredKind.TEXT_FRAME,
                            1,
                            TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(),
                            0,
                            ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
                }
                System.out.println("appended");
            }
        }
    }
}
