package io.zoomws.camel;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What a live feed is told, complete. It names no class of the modules that receive, which may be absent.
 *
 * @param subscription what users call it
 * @param credentials of the app
 * @param data the data directory, absolute
 * @param tokenUrl where tokens come from
 * @param webSocketUrl where events come from
 * @param maxAge how long entries are kept, or null for ever
 * @param maxBytes how large the journal may grow, or null without limit
 */
record LiveSettings(
        String subscription,
        ZoomWsCredentials credentials,
        Path data,
        String tokenUrl,
        String webSocketUrl,
        @Nullable Duration maxAge,
        @Nullable Long maxBytes) {

    /** Name of a {@link ZoomWsCredentials} bean, before the name of the subscription. */
    static final String CREDENTIALS_BEAN = "zoomws-credentials-";

    /**
     * Gathers them.
     *
     * @throws IllegalArgumentException that names all that is missing and where it belongs
     */
    static LiveSettings of(ZoomWsEndpoint endpoint, String name) {
        ZoomWsComponent component = endpoint.getComponent();
        String subscription = endpoint.getSubscription();
        ZoomWsCredentials credentials = credentials(component, endpoint.getCamelContext(), name, subscription);
        String data = endpoint.getData();
        if (data == null) {
            throw new IllegalArgumentException(
                    name + ": data is missing: add data=DIRECTORY, where source=live is to keep its journal");
        }
        return new LiveSettings(
                subscription,
                credentials,
                path(name, data),
                component.getTokenUrl(),
                component.getWebSocketUrl(),
                retentionAge(name, component.getRetentionMaxAge()),
                retentionBytes(name, component.getRetentionMaxBytes()));
    }

    private static ZoomWsCredentials credentials(
            ZoomWsComponent component, CamelContext context, String name, String subscription) {
        ZoomWsCredentials bound =
                context.getRegistry().lookupByNameAndType(CREDENTIALS_BEAN + subscription, ZoomWsCredentials.class);
        if (bound != null) {
            return bound;
        }
        String id = component.getSubscriptionId();
        String clientId = component.getClientId();
        String secret = component.getClientSecret();
        if (id == null || clientId == null || secret == null) {
            List<String> missing = new ArrayList<>();
            if (id == null) {
                missing.add("subscriptionId");
            }
            if (clientId == null) {
                missing.add("clientId");
            }
            if (secret == null) {
                missing.add("clientSecret");
            }
            throw new IllegalArgumentException(name + ": source=live needs " + String.join(", ", missing)
                    + ": set them on the component (in application.properties camel.component.zoomws.client-id=… and"
                    + " so on), or bind a ZoomWsCredentials as " + CREDENTIALS_BEAN + subscription
                    + " in the registry");
        }
        return new ZoomWsCredentials(id, clientId, secret, component.getAccountId());
    }

    private static Path path(String name, String data) {
        try {
            return Path.of(data).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw Plan.wrong(name, "data", data, "use the path of a data directory");
        }
    }

    private static @Nullable Duration retentionAge(String name, long millis) {
        if (millis < 0) {
            throw Plan.wrong(name, "retentionMaxAge", millis, "use 0 to keep everything, or a duration such as 30d");
        }
        return millis == 0 ? null : Duration.ofMillis(millis);
    }

    private static @Nullable Long retentionBytes(String name, long bytes) {
        if (bytes < 0) {
            throw Plan.wrong(name, "retentionMaxBytes", bytes, "use 0 to keep everything, or a number of bytes");
        }
        return bytes == 0 ? null : bytes;
    }
}
