package io.zoomws.systemtests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in which a user runs the server. */
final class Workplace {

    private Workplace() {}

    /** Writes {@code zoom-ws.yaml} for one subscription, {@code main}; {@code more} is further YAML below {@code zoomws:}. */
    static void configure(Path folder, URI tokenUrl, URI webSocketUrl, String more) throws IOException {
        String yaml = """
                zoomws:
                  data: ./data
                  subscriptions:
                    main:
                      id: %s
                      client-id: %s
                      client-secret: %s
                      token-url: %s
                      websocket-url: %s
                """.formatted(
                        WireZoom.SUBSCRIPTION_ID, WireZoom.CLIENT_ID, WireZoom.CLIENT_SECRET, tokenUrl, webSocketUrl);
        Files.writeString(folder.resolve("zoom-ws.yaml"), yaml + more.indent(2));
    }

    static void configure(Path folder, WireZoom zoom) throws IOException {
        configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), "");
    }
}
