package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.TestProxy;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is logged at DEBUG, by us, Camel, Netty or the JDK, while a live route fails: no secret and nothing of an event. */
@Timeout(60)
class LiveSecrecyTest {

    private static final String EVENT =
            "{\"event\":\"recording.completed\",\"event_ts\":1,\"download_token\":\"canary-download\","
                    + "\"payload\":{\"object\":{\"topic\":\"canary-topic\",\"password\":\"canary-password\"}}}";

    /** Every token of the simulator's begins so. */
    private static final String TOKEN = "eyJhbGciOiJIUzUxMiJ9";

    @TempDir
    private Path data;

    private final List<String> said = new ArrayList<>();

    @Test
    void aFailingRouteLeavesNoSecretAndNothingOfItsEventInAnyLog() throws Exception {
        try (LoggedLines log = LoggedLines.ofEverybody();
                ZoomSimulator zoom =
                        ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
                TestProxy proxy = new TestProxy(TestProxy.Kind.HTTP, true)) {
            failTwice(zoom, proxy);
            said.addAll(log.everything());
        }
        SimulatorSettings app = SimulatorSettings.standard();
        assertThat(said)
                .as("what is looked through")
                .anyMatch(line -> line.startsWith("io.zoomws.camel."))
                .anyMatch(line -> line.startsWith("org.apache.camel."))
                .anyMatch(line -> line.startsWith("io.netty."));
        assertThat(said)
                .noneMatch(line -> line.contains("canary"))
                .noneMatch(line -> line.contains(TOKEN))
                .noneMatch(line -> line.contains(app.clientSecret()))
                .noneMatch(line -> line.contains(basic(app.clientId(), app.clientSecret())))
                .noneMatch(line -> line.contains(TestProxy.PASSWORD))
                .noneMatch(line -> line.contains(basic(TestProxy.USER, TestProxy.PASSWORD)));
    }

    private void failTwice(ZoomSimulator zoom, TestProxy proxy) throws Exception {
        BlockingQueue<Exchange> failed = new LinkedBlockingQueue<>();
        CamelContext camel = LiveContext.of(zoom, data);
        try (camel) {
            ZoomWsComponent component = LiveContext.component(camel);
            component.setProxy("http://127.0.0.1:" + proxy.port());
            component.setProxyUser(TestProxy.USER);
            component.setProxyPassword(TestProxy.PASSWORD);
            String from = "zoomws:main?source=live&from=earliest&cursor=c&redeliveryDelay=10&clientSecret=canary-uri";
            LiveContext.route(camel, "r", from, exchange -> {
                exchange.getMessage().getBody(String.class);
                failed.add(exchange);
                throw new IllegalStateException("the target is away");
            });
            camel.start();
            Waiting.until(() -> zoom.send(EVENT));
            assertThat(failed.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(failed.poll(20, TimeUnit.SECONDS)).isNotNull();
            DevConsole console = camel.getCamelContextExtension()
                    .getContextPlugin(DevConsoleRegistry.class)
                    .resolveById("zoomws");
            said.add(String.valueOf(console.call(DevConsole.MediaType.TEXT)));
            said.add(new ConsumerHealth((ZoomWsConsumer) camel.getRoute("r").getConsumer())
                    .call(Map.of())
                    .toString());
        }
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
