package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.zoomws.auth.Secret;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.alert.AlertSettings;
import io.zoomws.server.config.Settings;
import io.zoomws.server.log.LogSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ServerAlertTest {

    private static final String SECRET = "a-client-secret";

    @TempDir
    private Path directory;

    @Test
    void aServerWithoutHttpTellsOfAGapAndGoesByTheLevelsOfItsLog() throws Exception {
        CompletableFuture<String> posted = new CompletableFuture<>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            posted.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
        try (Server server = Server.start(settings(hook.getAddress().getPort()))) {
            assertThat(server.httpAddress()).isEmpty();
            assertThat(LoggerFactory.getLogger("io.zoomws.test.alert").isTraceEnabled())
                    .isTrue();
            assertThat(posted.get())
                    .startsWith(
                            "{\"alert\":\"gap\",\"condition\":\"gap_open\",\"state\":\"raised\",\"subscription\":\"main\",")
                    .contains("(no connection yet): events may be missed")
                    .doesNotContain(SECRET);
        } finally {
            hook.stop(0);
        }
    }

    private Settings settings(int port) {
        AlertSettings none = AlertSettings.NONE;
        return new Settings(
                directory.resolve("data"),
                List.of(new Settings.Subscription(
                        "main",
                        "an-id",
                        "a-client",
                        Secret.of(SECRET),
                        Optional.empty(),
                        URI.create("http://127.0.0.1:1/oauth/token"),
                        URI.create("ws://127.0.0.1:1/ws"))),
                List.of(),
                Settings.Connection.STANDARD,
                List.of(),
                Settings.Http.DISABLED,
                JournalSettings.DEFAULT,
                RetentionPolicy.KEEP_ALL,
                new AlertSettings(
                        List.of(),
                        Optional.of(Secret.of("http://127.0.0.1:" + port + "/hook")),
                        none.kinds(),
                        Duration.ofMillis(1),
                        none.repeat(),
                        none.timeLimit()),
                new LogSettings(LogSettings.Format.TEXT, Map.of("io.zoomws.test.alert", LogSettings.Level.TRACE)));
    }
}
