package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged server as a user starts it: {@code java -jar}, without a JVM flag that it needs, in a process of its own. */
final class ZoomWs implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> errLines = new ArrayList<>();
    private final CountDownLatch mayReadErr;
    private final Thread outReader;
    private final Thread errReader;

    /** What a command that has ended left behind. */
    record Result(int status, byte[] outBytes, String err) {
        String out() {
            return new String(outBytes, StandardCharsets.UTF_8);
        }

        List<String> outLines() {
            return out().lines().toList();
        }
    }

    private ZoomWs(Process process, CountDownLatch mayReadErr) {
        this.process = process;
        this.mayReadErr = mayReadErr;
        this.outReader = thread("zoom-ws-stdout", this::readOut);
        this.errReader = thread("zoom-ws-stderr", this::readErr);
    }

    /** Starts a command in a folder of its own, with none of this process's ZOOM variables. */
    static ZoomWs start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(folder, environment, List.of(), List.of(), new CountDownLatch(0), arguments);
    }

    /**
     * Starts a command whose stderr is a pipe that is full already and that nobody reads before the process has ended. What
     * fills it is stopped after a while: that it has filled the pipe by then is likely and no more. With the JVM option that
     * the launcher gives: the JDK's own warnings of it wait for the pipe, whatever a program does with its streams.
     */
    static ZoomWs startWithFullStderr(Path folder, String... arguments) throws IOException {
        List<String> options =
                Runtime.version().feature() < 24 ? List.of() : List.of("--sun-misc-unsafe-memory-access=allow");
        List<String> shell = List.of(
                "/bin/sh",
                "-c",
                "exec 3>&2 2>/dev/null; cat /dev/zero >&3 & filler=$!; sleep 2; kill $filler; exec 2>&3 3>&-; exec \"$@\"",
                "sh");
        return start(folder, Map.of(), shell, options, new CountDownLatch(1), arguments);
    }

    private static ZoomWs start(
            Path folder,
            Map<String, String> environment,
            List<String> shell,
            List<String> jvmOptions,
            CountDownLatch mayReadErr,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Small, so that several fit beside the build, and started with half the work; a user's default is larger.
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(serverJar().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ZOOM"));
        // Several servers run at once here, and beside them whatever else the machine runs.
        builder.environment().put("ZOOMWS_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return new ZoomWs(builder.start(), mayReadErr);
    }

    /** Runs a command to its end. */
    static Result run(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        try (ZoomWs command = start(folder, environment, arguments)) {
            return command.await();
        }
    }

    static Result run(Path folder, String... arguments) throws Exception {
        return run(folder, Map.of(), arguments);
    }

    static Path serverJar() throws IOException {
        Path target = root().resolve("zoom-ws-server/target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("zoom-ws-server-[0-9].*(?<!sources)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no server jar in " + target + ": build it first"));
        }
    }

    /** The root of the source tree. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent().getParent();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for a line on stderr. */
    String awaitErr(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (errLines) {
            int seen = 0;
            while (true) {
                for (; seen < errLines.size(); seen++) {
                    if (pattern.matcher(errLines.get(seen)).find()) {
                        return errLines.get(seen);
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || (!process.isAlive() && !errReader.isAlive())) {
                    throw new AssertionError(
                            "no line matching '" + regex + "' on stderr; there was:\n" + String.join("\n", errLines));
                }
                errLines.wait(Math.min(left, 200));
            }
        }
    }

    /** Waits until stdout has this many lines. */
    List<String> awaitOutLines(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (out) {
            while (true) {
                List<String> lines =
                        out.toString(StandardCharsets.UTF_8).lines().toList();
                if (lines.size() >= count) {
                    return lines;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || (!process.isAlive() && !outReader.isAlive())) {
                    throw new AssertionError(
                            "waited for " + count + " lines on stdout, there were " + lines.size() + "\n" + err());
                }
                out.wait(Math.min(left, 200));
            }
        }
    }

    /** Waits until there is such a file. */
    static void awaitFile(Path file) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("no %s", file).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    String err() {
        synchronized (errLines) {
            return String.join("\n", errLines);
        }
    }

    /** SIGTERM, if it still runs. Through the handle, since a {@link Process} that is destroyed closes its streams unread. */
    void terminate() {
        ProcessHandle handle = process.toHandle();
        assertThat(handle.destroy() || !handle.isAlive()).isTrue();
    }

    /** SIGKILL, and waits for the end. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Stops the process where it is ({@code STOP}) or lets it go on ({@code CONT}). */
    void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits for the end. */
    Result await() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s:\n" + err());
        }
        mayReadErr.countDown();
        outReader.join();
        errReader.join();
        synchronized (out) {
            return new Result(process.exitValue(), out.toByteArray(), err());
        }
    }

    @Override
    public void close() throws Exception {
        process.toHandle().destroyForcibly();
        process.waitFor();
        mayReadErr.countDown();
        outReader.join();
        errReader.join();
    }

    private void readOut() {
        byte[] buffer = new byte[65_536];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (out) {
                    out.write(buffer, 0, n);
                    out.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readErr() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            mayReadErr.await();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (errLines) {
                    errLines.add(line);
                    errLines.notifyAll();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
