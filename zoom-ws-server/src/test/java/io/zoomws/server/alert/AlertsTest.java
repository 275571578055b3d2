package io.zoomws.server.alert;

import static io.zoomws.server.status.Statuses.receiving;
import static io.zoomws.server.status.Statuses.server;
import static io.zoomws.server.status.Statuses.usable;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.server.status.ServerStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AlertsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T13:00:00Z");
    private static final ServerStatus NEARLY_FULL = server(List.of(usable(receiving("main"), 1_000)));

    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();

    @Test
    void aTroubleIsPostedOnceAndSettingsThatChangeLeaveItAtThat() throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/hook", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        http.start();
        BlockingQueue<ServerStatus> looks = new LinkedBlockingQueue<>();
        try (Alerts alerts = Alerts.start(
                AlertSettings.NONE,
                () -> {
                    looks.add(NEARLY_FULL);
                    return NEARLY_FULL;
                },
                Map.of(),
                Transport.DIRECT,
                InstantSource.fixed(NOW),
                Duration.ofMillis(5))) {
            alerts.use(posting(http, Duration.ofHours(1)));

            assertThat(posted.take())
                    .isEqualTo(
                            "{\"alert\":\"disk\",\"condition\":\"disk_near\",\"state\":\"raised\",\"subscription\":\"main\","
                                    + "\"plugin\":null,\"since\":\"2026-11-25T13:00:00.000000000Z\","
                                    + "\"at\":\"2026-11-25T13:00:00.000000000Z\",\"text\":\"0 MiB are free on the disk of the journal,"
                                    + " and receiving stops before the reserve of 0 MiB: make room\"}");

            alerts.use(posting(http, Duration.ofHours(2)));
            looks.clear();
            looks.take();
            looks.take();
        } finally {
            http.stop(0);
        }
        assertThat(posted).isEmpty();
    }

    private static AlertSettings posting(HttpServer http, Duration repeat) {
        AlertSettings none = AlertSettings.NONE;
        Secret address = Secret.of("http://127.0.0.1:" + http.getAddress().getPort() + "/hook");
        return new AlertSettings(
                List.of(), Optional.of(address), none.kinds(), none.gap(), repeat, Duration.ofSeconds(10));
    }
}
