package io.zoomws.journal;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A process of its own that writes or reads a journal, told what to do by line and answering by line. */
final class JournalChild implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Announcements between two saves of the cursor. */
    private static final int SAVE_EVERY = 16;

    private static final JournalSettings SMALL_SEGMENTS =
            new JournalSettings(1 << 20, 1 << 19, 1000, Duration.ofHours(1));

    private final Process process;
    private final BufferedReader out;

    private JournalChild(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static JournalChild start(String mode, Path data) throws IOException {
        return start(List.of(), mode, data);
    }

    /** Under a command that starts another one, as {@code strace} does. */
    static JournalChild start(List<String> under, String mode, Path data) throws IOException {
        List<String> command = new ArrayList<>(under);
        command.addAll(java(JournalChild.class));
        command.addAll(List.of(mode, data.toString()));
        return new JournalChild(
                new ProcessBuilder(command).redirectError(new File("/dev/null")).start());
    }

    /** The command line of a main class with the flags that Chronicle needs, started as fast as can be. */
    static List<String> java(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(List.of("-XX:ErrorFile=/dev/null", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        return command;
    }

    /** The next line it says; null when it has ended. */
    String line() throws IOException {
        return out.readLine();
    }

    String ask(String question) throws IOException {
        tell(question);
        return line();
    }

    void tell(String question) throws IOException {
        process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. Through the handle, because {@link Process} would close the pipe before we have read it to its end. */
    void kill() throws InterruptedException {
        // The writer first: a strace that is killed would let it go on.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** SIGKILL after so many milliseconds, unless it ends before. */
    void killIn(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        kill();
    }

    /** Reads on until a line that begins so; null if it ended before. */
    @Nullable
    String lineThatBegins(String words) throws IOException {
        String line = line();
        while (line != null && !line.startsWith(words)) {
            line = line();
        }
        return line;
    }

    /** Waits for its end. */
    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** Of the end of a line, which may be cut short. */
    static long number(String digits) {
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path data = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "write" -> write(data, out);
            case "write cold" -> writeOn(data, out, SMALL_SEGMENTS, Barrier.FORCE);
            case "write one segment" -> writeOn(data, out, JournalSettings.DEFAULT, Barrier.FORCE);
            case "write without barrier" -> writeOn(data, out, JournalSettings.DEFAULT, channel -> {});
            case "read" -> read(data, out);
            case "open" -> open(data, out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Loads Chronicle, and writes once it is told to go. */
    private static void write(Path data, PrintStream out) throws IOException {
        Path warm = data.resolveSibling("warm-" + ProcessHandle.current().pid());
        JournalWriter.open(warm, "main").close();
        if (System.in.read() >= 0) {
            writeOn(data, out, SMALL_SEGMENTS, Barrier.FORCE);
        }
    }

    /** Writes until killed; says each durable sequence, and each position of its cursor, after it was announced. */
    private static void writeOn(Path data, PrintStream out, JournalSettings settings, Barrier barrier) {
        try (JournalWriter writer = JournalWriter.open(data, "main", Clock.systemUTC(), settings, barrier);
                Cursor cursor = Journals.cursors(data, "main").open("consumer")) {
            long epoch = writer.status().epoch();
            long sequence = writer.status().appendedSequence();
            long said = 0;
            int times = 0;
            out.println("epoch " + epoch);
            while (true) {
                sequence++;
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS, Oracle.frameAt(epoch, sequence));
                long durable = writer.status().durableSequence();
                if (durable > said) {
                    out.println("durable " + durable);
                    said = durable;
                    times++;
                    if (times % SAVE_EVERY == 0) {
                        cursor.save(durable);
                        out.println("cursor " + durable);
                    }
                }
                while (writer.status().durableSequence() < sequence - 500) {
                    if (writer.status().failure().isPresent()) {
                        throw new JournalException(writer.status().failure().get());
                    }
                    LockSupport.parkNanos(20_000);
                }
            }
        } catch (JournalException e) {
            out.println("failed " + e.getMessage());
        }
    }

    private static void read(Path data, PrintStream out) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("wait")) {
                    out.println("waiting");
                    Entry entry = tailer.poll(PATIENCE);
                    out.println(entry == null ? "nothing" : entry + " " + Fixtures.text(entry));
                } else {
                    for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                        Fixtures.text(entry);
                    }
                    out.println(tailer.position());
                }
            }
        }
    }

    private static void open(Path data, PrintStream out) throws IOException {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            out.println("open " + writer.status().epoch());
            System.in.read();
        } catch (JournalException e) {
            out.println("failed " + e.getMessage());
        }
    }
}
