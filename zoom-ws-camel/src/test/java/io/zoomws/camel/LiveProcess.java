package io.zoomws.camel;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that receives by itself and writes each event into a file, until it is killed. */
final class LiveProcess {

    private LiveProcess() {}

    static Process start(String data, String app, String tokenUrl, String webSocketUrl, String to) throws IOException {
        return WriterProcess.java(LiveProcess.class, data, app, tokenUrl, webSocketUrl, to);
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            ZoomWsComponent component = camel.getComponent("zoomws", ZoomWsComponent.class);
            String[] app = arguments[1].split(" ", 4);
            component.setData(arguments[0]);
            component.setSubscriptionId(app[0]);
            component.setClientId(app[1]);
            component.setClientSecret(app[2]);
            component.setAccountId(app[3]);
            component.setTokenUrl(arguments[2]);
            component.setWebSocketUrl(arguments[3]);
            camel.addRoutes(RouteProcess.routes("zoomws:main?source=live&cursor=files&from=earliest", arguments[4]));
            camel.start();
            new CountDownLatch(1).await();
        }
    }
}
