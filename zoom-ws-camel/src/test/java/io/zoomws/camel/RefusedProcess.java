package io.zoomws.camel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A process whose class path or flags do not do for {@code source=live}. It prints what its start says. */
final class RefusedProcess {

    private RefusedProcess() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (CamelContext camel = new DefaultCamelContext()) {
            ZoomWsComponent component = LiveContext.component(camel);
            component.setData(arguments[0]);
            component.setSubscriptionId("id");
            component.setClientId("client");
            component.setClientSecret("canary");
            LiveContext.route(camel, "r", "zoomws:main?source=live", exchange -> {});
            camel.start();
            out.println("it started");
        } catch (Exception e) {
            out.println(e.getMessage());
        }
    }
}
