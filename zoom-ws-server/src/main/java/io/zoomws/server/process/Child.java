package io.zoomws.server.process;

import io.zoomws.spi.PluginMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One child process, from its start to its end. A thread of its own reads what it writes, so that it never waits for us. */
final class Child {

    /** What a child is told, a line each, after its task. */
    static final String STOP = "stop";

    static final String INTERRUPT = "interrupt";

    private static final Logger log = LoggerFactory.getLogger(Child.class);

    /**
     * The lines of children, formatted already; the configuration of the log has a queue of their own for them, which is
     * bounded and drops what nobody reads.
     */
    private static final Logger lines = LoggerFactory.getLogger("zoomws.child");

    /** How long the last lines of a process that has ended may take: its own children may keep the pipe open. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final String instance;
    private final Process process;
    private final Thread reader;

    private Child(String instance, Process process, Consumer<ChildReport> reports, PluginMetrics metrics) {
        this.instance = instance;
        this.process = process;
        this.reader = new Thread(() -> read(reports, metrics), "plugin " + instance + " lines");
        reader.setDaemon(true);
    }

    /**
     * Starts a process. It is to be given its task next.
     *
     * @param reports told what it says, by a thread of its own
     * @param metrics where the numbers that it tells are shown
     * @throws IOException if it cannot be started
     */
    static Child start(String instance, ChildJvm jvm, Consumer<ChildReport> reports, PluginMetrics metrics)
            throws IOException {
        Child child = new Child(instance, jvm.builder().start(), reports, metrics);
        child.reader.start();
        return child;
    }

    long pid() {
        return process.pid();
    }

    /** Writes a line to it. One that has ended hears nothing, and its end is seen elsewhere. */
    synchronized void send(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            log.debug("process {} of plugin instance {} reads no more", process.pid(), instance, e);
        }
    }

    /** Waits for its end and its last lines; returns its exit status. */
    int await() throws InterruptedException {
        int status = process.waitFor();
        reader.join(LAST_LINES.toMillis());
        return status;
    }

    /** Ends it now, whatever it does. */
    void kill() {
        process.destroyForcibly();
    }

    private void show(ChildNumber number, PluginMetrics metrics) {
        try {
            number.showIn(metrics);
        } catch (IllegalArgumentException e) {
            // What our own code in that process lets pass is allowed here as well: the plugin has written to the pipe.
            log.debug("process {} of plugin instance {} tells a number that is none", process.pid(), instance, e);
        }
    }

    private void read(Consumer<ChildReport> reports, PluginMetrics metrics) {
        try {
            new ChildLines(reports, number -> show(number, metrics), lines::info).readAll(process.getErrorStream());
        } catch (IOException e) {
            log.debug("process {} of plugin instance {} was closed", process.pid(), instance, e);
        }
    }
}
