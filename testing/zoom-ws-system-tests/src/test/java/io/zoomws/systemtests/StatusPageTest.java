package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged server tells over HTTP. */
class StatusPageTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void aRunningServerIsReadyOnThePortThatItsLogNames() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                zoom.nextConnection().accept();
                server.awaitErr("ready");
                URI address = URI.create(server.awaitErr("status at http").replaceAll(".*status at ", ""));

                assertThat(get(address.resolve("/health/ready")).statusCode()).isEqualTo(200);
                assertThat(get(address.resolve("/api/v1/status")).body())
                        .contains("\"ready\":true", "\"state\":\"ready\"")
                        .doesNotContain(WireZoom.CLIENT_SECRET, WireZoom.TOKEN_CANARY);
                assertThat(get(address.resolve("/metrics")).body())
                        .contains("zoomws_connection_ready{subscription=\"main\"} 1.0")
                        .doesNotContain(WireZoom.CLIENT_SECRET, WireZoom.TOKEN_CANARY);
                ZoomWs.Result gaps = ZoomWs.run(folder, "journal", "gaps", "--format", "json");
                assertThat(gaps.outLines())
                        .containsExactly("{\"kind\":\"total\",\"subscription\":\"main\",\"count\":0,\"seconds\":0,"
                                + "\"categories\":[],\"unreadable\":0,\"open\":false}");

                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }
    }

    @Test
    void aTakenPortIsOneClearLineAndNothingIsTouched() throws Exception {
        try (WireZoom zoom = WireZoom.start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Workplace.configure(folder, zoom);

            ZoomWs.Result result = ZoomWs.run(folder, Map.of("ZOOMWS_HTTP_PORT", port), "run");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).startsWith("zoom-ws: port " + port + " of 127.0.0.1 is taken");
            assertThat(zoom.tokenRequests()).isEmpty();
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
