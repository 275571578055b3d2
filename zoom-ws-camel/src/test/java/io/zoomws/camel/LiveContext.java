package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel contexts that receive by themselves from a simulated Zoom. */
final class LiveContext {

    private LiveContext() {}

    /** One whose component knows the simulator's app. */
    static CamelContext of(ZoomSimulator zoom, Path data) {
        CamelContext camel = new DefaultCamelContext();
        ZoomWsComponent component = component(camel);
        SimulatorSettings app = zoom.settings();
        component.setData(data.toString());
        component.setSubscriptionId(app.subscriptionId());
        component.setClientId(app.clientId());
        component.setClientSecret(app.clientSecret());
        component.setAccountId(app.accountId());
        component.setTokenUrl(zoom.tokenUrl().toString());
        component.setWebSocketUrl(zoom.webSocketUrl().toString());
        return camel;
    }

    static ZoomWsComponent component(CamelContext camel) {
        return camel.getComponent("zoomws", ZoomWsComponent.class);
    }

    static void route(CamelContext camel, String id, String from, BlockingQueue<Exchange> into) throws Exception {
        route(camel, id, from, exchange -> into.add(exchange.copy()));
    }

    static void route(CamelContext camel, String id, String from, Processor processor) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).process(processor);
            }
        });
    }

    /** As soon as a connection is there to take it. */
    static void send(ZoomSimulator zoom, String type) {
        Waiting.until(() -> zoom.send("{\"event\":\"" + type + "\",\"event_ts\":1,\"payload\":{}}"));
    }

    static String event(BlockingQueue<Exchange> exchanges) throws InterruptedException {
        Exchange exchange = exchanges.poll(20, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        return exchange.getMessage().getHeader(ZoomWsConstants.EVENT, String.class);
    }
}
