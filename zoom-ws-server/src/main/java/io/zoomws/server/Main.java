package io.zoomws.server;

import io.zoomws.server.cli.CommandLineInterface;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the program begins. */
public final class Main {

    private static final int BUFFER_BYTES = 1 << 16;

    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param arguments as the user typed them
     */
    public static void main(String[] arguments) {
        StopRequest stop = new StopRequest();
        HangUp hangUp = new HangUp();
        Signals signals = Signals.install(stop, hangUp);
        Libraries.quiet();
        Logger log = LoggerFactory.getLogger(Main.class);
        UncaughtExceptions.log();
        int status = 1;
        // Not System.out: that would flush each line and keep write errors to itself.
        try (OutputStream data = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES)) {
            status = CommandLineInterface.run(arguments, data, System.err, stop, hangUp);
        } catch (IOException e) {
            log.debug("standard output was closed", e);
        } catch (Throwable e) { // The last stop before the process ends: an Error is told like an exception.
            log.error("the command ended by an error", e);
        } finally {
            signals.exit(status);
        }
    }
}
