package io.zoomws.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long an installed server takes from its start until Zoom, here the simulated one, has confirmed its connection, and how much
 * memory it keeps when nothing happens; with the shipped plugins, started by {@code bin/zoom-ws} as a service manager does.
 * Processor time is told beside the time of the clock, which is longer on a machine that does something else.
 */
public final class StartBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int IDLE_SECONDS = Integer.getInteger("idle", 30);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int KILOBYTES_IN_MEGABYTE = 1024;

    private final Path launcher;
    private final Path work;
    private final List<Long> millis = new ArrayList<>();
    private final List<Long> processorMillis = new ArrayList<>();
    private long megabytes;

    private StartBenchmark(Path launcher, Path work) {
        this.launcher = launcher;
        this.work = work;
    }

    /**
     * Runs it.
     *
     * @param arguments the folder of an unpacked archive
     * @throws Exception if something fails
     */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("zoom-ws-benchmark");
        try {
            new StartBenchmark(Path.of(arguments[0], "bin", "zoom-ws").toAbsolutePath(), work).run();
        } finally {
            delete(work);
        }
    }

    private void run() throws Exception {
        Path said = work.resolve("zoom");
        Process zoom = start(work, Map.of(), said, "simulate", "--port", "0", "--rate", "1/s", "--count", "1");
        try {
            await(zoom, said, "WEBSOCKET_URL");
            Map<String, String> variables = variables(said);
            for (int round = 1; round <= ROUNDS; round++) {
                round(round, variables);
            }
        } finally {
            zoom.destroy();
            zoom.waitFor();
        }
        System.out.printf(
                Locale.ROOT,
                "median of %d: receives after %d ms, of them %d ms of the processor; resident after %d s: %d MB%n",
                ROUNDS,
                median(millis),
                median(processorMillis),
                IDLE_SECONDS,
                megabytes);
    }

    private void round(int round, Map<String, String> variables) throws Exception {
        Path folder = Files.createDirectory(work.resolve("round-" + round));
        Files.writeString(folder.resolve("zoom-ws.yaml"), """
                zoomws: { http: { port: 0 }, plugins: { console: {}, attendance: {} } }
                """);
        Path said = folder.resolve("said");
        long begun = System.nanoTime();
        Process server = start(folder, variables, said, "run");
        try {
            await(server, said, "is ready: confirmed by Zoom");
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            processorMillis.add(
                    server.info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
            if (round == ROUNDS) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
                megabytes = resident(server.pid());
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private Process start(Path folder, Map<String, String> variables, Path said, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ZOOM"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static void await(Process process, Path said, String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.readString(said).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no '" + text + "' in: " + Files.readString(said));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static Map<String, String> variables(Path said) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (String line : Files.readAllLines(said)) {
            if (line.startsWith("export ")) {
                String[] parts = line.substring("export ".length()).split("=", 2);
                variables.put(parts[0], parts[1]);
            }
        }
        return variables;
    }

    /** As {@code ps} knows it, which every system has. */
    private static long resident(long pid) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        ps.waitFor();
        return Long.parseLong(kilobytes) / KILOBYTES_IN_MEGABYTE;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
