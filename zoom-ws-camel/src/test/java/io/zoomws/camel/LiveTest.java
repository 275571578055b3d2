package io.zoomws.camel;

import static io.zoomws.camel.LiveContext.event;
import static io.zoomws.camel.LiveContext.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Camel context that receives by itself, from a simulated Zoom over real sockets into a real journal. */
@Timeout(60)
class LiveTest {

    private static final String LIVE = "zoomws:main?source=live&includeGaps=true&cursor=";

    @TempDir
    private Path data;

    private final ZoomSimulator zoom =
            ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        zoom.close();
    }

    @Test
    void whatZoomSendsReachesTwoRoutesOverOneConnection() throws Exception {
        BlockingQueue<Exchange> others = new LinkedBlockingQueue<>();
        try (CamelContext camel = context()) {
            route(camel, "r", LIVE + "one", exchanges);
            route(camel, "s", LIVE + "two", others);
            camel.start();
            send("a");
            send("b");

            assertThat(List.of(event(exchanges), event(exchanges))).containsExactly("a", "b");
            assertThat(List.of(event(others), event(others))).containsExactly("a", "b");
            assertThat(zoom.stats().connectionsOpened()).isEqualTo(1);

            camel.getRouteController().stopRoute("s");
            send("c");
            assertThat(event(exchanges)).isEqualTo("c");
            assertThat(zoom.stats().connectionsOpened())
                    .as("a connection that another route uses is kept")
                    .isEqualTo(1);
        }
    }

    @Test
    void aStopIsAGapAndWhatWasJournaledBeforeIsDelivered() throws Exception {
        try (CamelContext camel = context()) {
            route(camel, "r", LIVE + "one", exchanges);
            camel.start();
            send("a");
            assertThat(event(exchanges)).isEqualTo("a");
        }
        try (CamelContext camel = context()) {
            route(camel, "r", LIVE + "one", exchanges);
            camel.start();
            send("b");

            Exchange gap = exchanges.poll(20, TimeUnit.SECONDS);
            assertThat(gap).isNotNull();
            assertThat(gap.getMessage().getHeader(ZoomWsConstants.KIND)).isEqualTo("gap");
            assertThat(event(exchanges)).isEqualTo("b");
        }
    }

    @Test
    void credentialsOfTheRegistryStandInPlaceOfTheComponents() throws Exception {
        try (CamelContext camel = context()) {
            SimulatorSettings app = zoom.settings();
            ZoomWsComponent component = LiveContext.component(camel);
            component.setClientSecret("another");
            ZoomWsCredentials bound = new ZoomWsCredentials(
                    app.subscriptionId(), app.clientId(), app.clientSecret(), component.getAccountId());
            camel.getRegistry().bind("zoomws-credentials-main", bound);
            route(camel, "r", LIVE + "one", exchanges);
            camel.start();
            send("a");

            assertThat(event(exchanges)).isEqualTo("a");
            assertThat(bound.toString()).doesNotContain(app.clientSecret(), app.subscriptionId());
        }
    }

    @Test
    void aSecretInAUriIsNotUsedAndWarnedAboutWithoutItself() throws Exception {
        try (LoggedLines log = LoggedLines.of(UriSecrets.class);
                CamelContext camel = context()) {
            route(
                    camel,
                    "r",
                    "zoomws:main?source=live&clientSecret=canary&access_token=canary&webhookSecrets=canary",
                    exchanges);
            camel.start();
            send("a");

            assertThat(event(exchanges)).isEqualTo("a");
            assertThat(log.warnings())
                    .containsExactlyInAnyOrder(
                            "zoomws:main: clientSecret is not used from a URI, where others can read it: take it out, change that"
                                    + " secret, and set clientSecret on the component",
                            "zoomws:main: access_token is not used from a URI, where others can read it: take it out, change that"
                                    + " secret, and set clientSecret on the component",
                            "zoomws:main: webhookSecrets is not used from a URI, where others can read it: take it out, change"
                                    + " that secret, and set clientSecret on the component");
        }
    }

    @Test
    void withoutAConnectionTheRouteIsNotReadyAndSaysWhy() throws Exception {
        try (CamelContext camel = context()) {
            LiveContext.component(camel).setClientSecret("canary");
            route(camel, "r", LIVE + "one", exchanges);
            camel.start();
            ConsumerHealth health =
                    new ConsumerHealth((ZoomWsConsumer) camel.getRoute("r").getConsumer());
            Waiting.until(() -> message(health).contains("client"));

            assertThat(health.call().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(message(health))
                    .startsWith("nothing is received at the moment: ")
                    .doesNotContain("canary");
        }
    }

    private static String message(ConsumerHealth health) {
        return health.call().getMessage().orElse("");
    }

    private CamelContext context() {
        return LiveContext.of(zoom, data);
    }

    private void send(String type) {
        LiveContext.send(zoom, type);
    }
}
