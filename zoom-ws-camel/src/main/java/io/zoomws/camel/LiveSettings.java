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
 * @param proxy on the way to both, or null
 * @param allowInsecure whether events may come in the clear from another machine
 * @param maxAge how long entries are kept, or null for ever
 * @param maxBytes how large the journal may grow, or null without limit
 */
record LiveSettings(
        String subscription,
        ZoomWsCredentials credentials,
        Path data,
        String tokenUrl,
        String webSocketUrl,
        @Nullable Proxy proxy,
        boolean allowInsecure,
        @Nullable Duration maxAge,
        @Nullable Long maxBytes) {

    /**
     * A proxy, as it was written.
     *
     * @param url of it
     * @param user that it asks for, or null
     * @param password of that user, or null
     */
    record Proxy(
            String url, @Nullable String user, @Nullable String password) {

        /** Without what is secret, or may be: users paste whole URLs. */
        @Override
        public String toString() {
            return "Proxy[not shown]";
        }
    }

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
        String data = endpoint.getConfiguration().getData();
        ZoomWsCredentials credentials = credentials(component, endpoint.getCamelContext(), name, subscription);
        if (data == null || credentials == null) {
            throw missing(name, component, subscription, data == null, credentials == null);
        }
        return new LiveSettings(
                subscription,
                credentials,
                path(name, data),
                component.getTokenUrl(),
                component.getWebSocketUrl(),
                proxy(component, name),
                component.isAllowInsecure(),
                retentionAge(name, component.getRetentionMaxAge()),
                retentionBytes(name, component.getRetentionMaxBytes()));
    }

    /** Null if they are not complete. */
    private static @Nullable ZoomWsCredentials credentials(
            ZoomWsComponent component, CamelContext context, String name, String subscription) {
        ZoomWsCredentials bound =
                context.getRegistry().lookupByNameAndType(CREDENTIALS_BEAN + subscription, ZoomWsCredentials.class);
        if (bound != null) {
            return bound;
        }
        String id = component.getSubscriptionId();
        String clientId = component.getClientId();
        String secret = clientSecret(component, name);
        return id == null || clientId == null || secret == null
                ? null
                : new ZoomWsCredentials(id, clientId, secret, component.getAccountId());
    }

    private static @Nullable String clientSecret(ZoomWsComponent component, String name) {
        String file = component.getClientSecretFile();
        if (file == null) {
            return component.getClientSecret();
        }
        if (component.getClientSecret() != null) {
            throw Plan.wrong(name, "clientSecretFile", file, "clientSecret is set too; use one of the two");
        }
        return SecretFile.read(name, "clientSecretFile", file);
    }

    private static @Nullable Proxy proxy(ZoomWsComponent component, String name) {
        String url = component.getProxy();
        String user = component.getProxyUser();
        String password = component.getProxyPassword();
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException(
                    name + ": proxyUser and proxyPassword belong together: set both, or neither");
        }
        if (url == null && user != null) {
            throw new IllegalArgumentException(
                    name + ": proxyUser and proxyPassword are of no use without proxy: set it, or remove them");
        }
        return url == null ? null : new Proxy(url, user, password);
    }

    private static IllegalArgumentException missing(
            String name, ZoomWsComponent component, String subscription, boolean data, boolean credentials) {
        List<String> problems = new ArrayList<>();
        if (data) {
            problems.add("data is missing: add data=DIRECTORY, where source=live is to keep its journal");
        }
        if (credentials) {
            List<String> options = new ArrayList<>();
            if (component.getSubscriptionId() == null) {
                options.add("subscriptionId");
            }
            if (component.getClientId() == null) {
                options.add("clientId");
            }
            if (component.getClientSecret() == null && component.getClientSecretFile() == null) {
                options.add("clientSecret or clientSecretFile");
            }
            problems.add("source=live needs " + String.join(", ", options)
                    + ": set them on the component (in application.properties camel.component.zoomws.client-id=… and"
                    + " so on), or bind a ZoomWsCredentials as " + CREDENTIALS_BEAN + subscription
                    + " in the registry");
        }
        return new IllegalArgumentException(name + ": " + String.join("; ", problems));
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
