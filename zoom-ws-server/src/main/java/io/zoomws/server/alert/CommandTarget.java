package io.zoomws.server.alert;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command, without a shell. It is handed the facts twice: as JSON on its standard input, and in variables named
 * {@code ZOOMWS_ALERT_…}. Of the environment it has all but {@code ZOOM…}, where the credentials of a Zoom app may be. What it prints
 * is thrown away. One that takes too long is killed, with what it has started.
 */
final class CommandTarget implements AlertTarget {

    private static final Logger log = LoggerFactory.getLogger(CommandTarget.class);

    private final List<String> command;
    private final Duration timeLimit;

    CommandTarget(List<String> command, Duration timeLimit) {
        this.command = List.copyOf(command);
        this.timeLimit = timeLimit;
    }

    @Override
    public void tell(Alert alert) throws AlertException, InterruptedException {
        Process process = start(alert);
        try {
            write(process, AlertJson.of(alert) + "\n");
            if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AlertException("the command of zoomws.alert.command did not end within "
                        + timeLimit.toMillis() / 1000.0 + " s and was killed");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AlertException("the command of zoomws.alert.command ended with status " + process.exitValue());
        }
    }

    private Process start(Alert alert) throws AlertException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("ZOOM"));
        alert.fields().forEach((name, value) -> {
            String variable = name.equals("alert") ? "ZOOMWS_ALERT" : "ZOOMWS_ALERT_" + name.toUpperCase(Locale.ROOT);
            builder.environment().put(variable, value == null ? "" : value);
        });
        try {
            return builder.start();
        } catch (IOException e) {
            // The exception quotes the command, whose arguments may hold what only its owner should know.
            throw new AlertException("the command of zoomws.alert.command cannot be started: is its program there, and"
                    + " may it be executed?");
        }
    }

    /** Less than a pipe holds, so that a command that reads nothing holds up nobody. */
    private static void write(Process process, String facts) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(facts.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended, or closed its input, without having read them: its status tells whether that was meant.
            log.debug("the command of zoomws.alert.command has not read the facts");
        }
    }
}
