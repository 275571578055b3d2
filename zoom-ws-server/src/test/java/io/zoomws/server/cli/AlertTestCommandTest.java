package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTestCommandTest {

    @TempDir
    private Path directory;

    @Test
    void theCommandIsRunAndToldThatNothingIsWrong() throws Exception {
        Path out = directory.resolve("out");

        assertThat(run("command: [sh, -c, \"cat > '" + out + "'\"]")).isEqualTo("0 zoom-ws: the alert was told\n");

        assertThat(Files.readString(out))
                .startsWith(
                        "{\"alert\":\"test\",\"condition\":\"test\",\"state\":\"test\",\"subscription\":null,\"plugin\":null,"
                                + "\"since\":\"20")
                .endsWith(",\"text\":\"nothing is wrong: this is a test of the alerts of zoom-ws\"}\n");
    }

    @Test
    void whatWasNotToldIsSaidWithTheReason() throws Exception {
        assertThat(run("command: [sh, -c, exit 3]"))
                .isEqualTo(
                        "1 zoom-ws: the alert was NOT told: the command of zoomws.alert.command ended with status 3\n");
    }

    @Test
    void whereNobodyIsNamedThatIsSaid() throws Exception {
        assertThat(run("gap: 1m"))
                .isEqualTo("1 zoom-ws: nobody is told of alerts: set zoomws.alert.command, or zoomws.alert.url-file\n");
    }

    private String run(String alert) throws Exception {
        Path file = Files.writeString(directory.resolve("zoom-ws.yaml"), """
                        zoomws:
                          subscriptions: { main: { id: an-id, client-id: a-client, client-secret: a-secret } }
                          alert:
                            %s
                        """.formatted(alert));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = CommandLineInterface.run(
                new String[] {"alert", "test", "-c", file.toString()},
                new ByteArrayOutputStream(),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                new StopRequest());
        return status + " " + messages.toString(StandardCharsets.UTF_8);
    }
}
