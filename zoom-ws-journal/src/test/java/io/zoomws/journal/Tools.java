package io.zoomws.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs of the operating system that tests need. Where one is missing the test is skipped, and says so. */
final class Tools {

    private Tools() {}

    /** Skips the test, with the reason in its report and on standard output, unless a command can be run here. */
    static void assume(String... command) throws Exception {
        String complaint = complaint(command);
        if (!complaint.isEmpty()) {
            System.out.println("SKIPPED: '" + String.join(" ", command) + "' does not work here: " + complaint);
        }
        assumeTrue(complaint.isEmpty(), () -> "'" + String.join(" ", command) + "' does not work here: " + complaint);
    }

    /** Runs a command that must succeed. */
    static void run(String... command) throws Exception {
        String complaint = complaint(command);
        if (!complaint.isEmpty()) {
            throw new AssertionError(List.of(command) + ": " + complaint);
        }
    }

    private static String complaint(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            return status == 0 ? "" : "exit status " + status + " " + output;
        } catch (IOException e) {
            return Problems.text(e);
        }
    }
}
