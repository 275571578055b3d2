package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class FaultsPageTest {

    private static final SimulatorSettings QUIET = SimulatorSettings.standard().withEventsPerSecond(0);

    static Stream<String> faults() {
        return FaultsPage.examples().keySet().stream();
    }

    /** By a client that knows nothing of what is done to it, and tries again. */
    @ParameterizedTest
    @MethodSource("faults")
    void theExampleOfThePageIsDone(String fault) throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            String spare = client.token();
            zoom.inject(FaultsPage.example(fault));
            while (zoom.faults().stream().noneMatch(done -> done.fault().equals(fault))) {
                attempt(zoom, client, spare);
            }
        }
    }

    private static void attempt(ZoomSimulator zoom, TestClient client, String spare) {
        CompletableFuture<?> token = client.asking();
        CompletableFuture<?> socket = client.opening(
                "?subscriptionId=" + zoom.settings().subscriptionId() + "&access_token=" + spare,
                new TestClient.Socket());
        for (CompletableFuture<?> step : java.util.List.of(token, socket)) {
            try {
                step.get(200, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                // That is what faults are for.
            }
            step.cancel(true);
        }
        for (int i = 0; i < 3; i++) {
            zoom.send("{\"event\":\"x\"}");
        }
    }

    @Test
    void scriptsComeAndGoByHttp() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            TestClient.Socket socket = client.ready();

            assertThat(client.post(
                                    "/faults",
                                    FaultsPage.examples().get("event-lose").replace("event: 2", "event: 1"))
                            .body())
                    .isEqualTo("{\"steps\":1}");
            assertThat(client.post("/events", "{\"event\":\"a\"}").body()).isEqualTo("{\"connections\":0}");
            assertThat(client.post("/events", "{\"event\":\"b\"}").body()).isEqualTo("{\"connections\":1}");
            assertThat(socket.next()).contains("b");

            client.post("/faults", "faults: [ { event: 1, every: 1, event-lose: } ]");
            assertThat(client.delete("/faults").body()).isEqualTo("{\"steps\":0}");
            client.post("/events", "{\"event\":\"c\"}");
            assertThat(socket.next()).contains("c");

            assertThat(client.post("/faults", "faults: [ { event: 1, rest: } ]"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                    .satisfies(answer -> assertThat(TestClient.JSON
                                    .readTree(answer.body())
                                    .get("error")
                                    .textValue())
                            .isEqualTo("the fault script cannot be used:\n  line 1: unknown fault or key 'rest'; the"
                                    + " nearest known one is 'reset'"));

            assertThat(client.stats().get("faultsDone").asInt()).isEqualTo(1);
            assertThat(client.stats().get("connections").get(0).get("readyAt").asText())
                    .isNotEmpty();
        }
    }
}
