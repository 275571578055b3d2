package io.zoomws.camel;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own with a Camel route from a journal into files, to be killed. */
final class RouteProcess {

    private RouteProcess() {}

    static Process start(String from, String to) throws IOException {
        return WriterProcess.java(RouteProcess.class, from, to);
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(routes(arguments[0], arguments[1]));
            camel.start();
            new CountDownLatch(1).await();
        }
    }

    static RouteBuilder routes(String from, String to) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("r").to(to);
            }
        };
    }
}
