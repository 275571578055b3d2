package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the subscriptions. The only one takes what the configuration leaves out from the {@code ZOOM_*} variables. */
final class SubscriptionReader {

    private static final Pattern PASTED_URL = Pattern.compile("wss?://.*[?&]subscriptionId=([^&#]+).*");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final Layers layers;
    private final SettingsReader reader;
    private final boolean allowInsecure;

    /**
     * A reader.
     *
     * @param allowInsecure whether {@code ws://} may leave this machine; a client secret never does unencrypted
     */
    SubscriptionReader(Layers layers, SettingsReader reader, boolean allowInsecure) {
        this.layers = layers;
        this.reader = reader;
        this.allowInsecure = allowInsecure;
    }

    List<Settings.Subscription> read(List<String> configured) {
        List<String> names = configured.isEmpty() ? List.of("main") : configured;
        List<Settings.Subscription> subscriptions = new ArrayList<>();
        for (String name : names) {
            Settings.Subscription read = subscription(name, names.size() == 1);
            subscriptions.stream()
                    .filter(other -> !read.subscriptionId().isEmpty()
                            && other.subscriptionId().equals(read.subscriptionId()))
                    .findFirst()
                    .ifPresent(other -> refuseSecond(read, other));
            subscriptions.add(read);
        }
        return subscriptions;
    }

    private void refuseSecond(Settings.Subscription second, Settings.Subscription first) {
        reader.problem(
                where(second.name(), false, Key.SUBSCRIPTION_URL, Key.SUBSCRIPTION_ID, ZoomVariable.SUBSCRIPTION_ID),
                "is the subscription that " + first.name()
                        + " has already: Zoom keeps one connection of it, so that each would close the other's");
    }

    private Settings.Subscription subscription(String name, boolean only) {
        String pasted = required(name, only, ZoomVariable.SUBSCRIPTION_ID).orElse("");
        String where = where(name, only, Key.SUBSCRIPTION_URL, Key.SUBSCRIPTION_ID, ZoomVariable.SUBSCRIPTION_ID);
        Matcher url = PASTED_URL.matcher(pasted);
        String id = url.matches() ? url.group(1) : pasted;
        if (!pasted.isEmpty() && !ID.matcher(id).matches()) {
            // A pasted address may hold a token.
            reader.problem(
                    where,
                    "is neither a subscription id (letters, digits, hyphens, underscores)"
                            + " nor an address with ?subscriptionId=… as the Marketplace shows it");
        }
        String usual = url.matches() ? pasted.replaceAll("[?#].*", "") : Key.WEBSOCKET_URL.standard();
        return new Settings.Subscription(
                name,
                id,
                clientId(name, only),
                secret(name, only),
                optional(name, only, ZoomVariable.ACCOUNT_ID),
                address(Key.TOKEN_URL.named(name), Key.TOKEN_URL.standard(), "http", false),
                address(Key.WEBSOCKET_URL.named(name), usual, "ws", allowInsecure));
    }

    /** Behind a proxy elsewhere, an address on this machine is that proxy's, and the way there is open. */
    void checkWay(Settings.Subscription subscription, Settings.Connection connection) {
        if (connection.transport().keepsLoopbackLocal()) {
            return;
        }
        String name = subscription.name();
        if ("http".equalsIgnoreCase(subscription.tokenUrl().getScheme())) {
            reader.problem(
                    Key.TOKEN_URL.named(name),
                    "must begin with https://, since " + Key.PROXY.plain()
                            + " is not on this machine and the client secret would travel to it in the clear");
        }
        if ("ws".equalsIgnoreCase(subscription.webSocketUrl().getScheme()) && !allowInsecure) {
            reader.problem(
                    Key.WEBSOCKET_URL.named(name),
                    "must begin with wss://, since " + Key.PROXY.plain()
                            + " is not on this machine and the access token would travel to it in the clear");
        }
    }

    private String clientId(String name, boolean only) {
        String id = required(name, only, ZoomVariable.CLIENT_ID).orElse("");
        if (id.indexOf(':') >= 0) {
            reader.problem(
                    where(name, only, Key.CLIENT_ID, Key.CLIENT_ID, ZoomVariable.CLIENT_ID),
                    "holds a colon, which no client id does: copy it again from the app's page");
        }
        return id;
    }

    private Secret secret(String name, boolean only) {
        String fileKey = Key.CLIENT_SECRET_FILE.named(name);
        Optional<String> file = reader.text(fileKey);
        if (file.isEmpty()) {
            return Secret.of(required(name, only, ZoomVariable.CLIENT_SECRET).orElse("missing"));
        }
        if (layers.value(Key.CLIENT_SECRET.named(name)).isPresent()) {
            reader.problem(fileKey, "client-secret is set too: use one of the two");
        }
        return SecretFile.read(reader, fileKey, file.get(), "client secret").orElseGet(() -> Secret.of("missing"));
    }

    private Optional<String> required(String name, boolean only, ZoomVariable variable) {
        Optional<String> value = optional(name, only, variable);
        if (value.isEmpty() && !isReported(name, variable)) {
            String key = variable.keys().get(0).named(name);
            String alternative = only ? " (or the variable " + variable.variable() + ")" : "";
            reader.problems().add(new Problem(key + alternative, "missing; " + variable.whereToFind(), ""));
        }
        return value;
    }

    /** A value that is there but could not be expanded has been reported already. */
    private boolean isReported(String name, ZoomVariable variable) {
        return variable.keys().stream()
                .anyMatch(key -> layers.value(key.named(name)).isPresent());
    }

    private Optional<String> optional(String name, boolean only, ZoomVariable variable) {
        List<String> set = new ArrayList<>();
        for (Key key : variable.keys()) {
            reader.text(key.named(name)).ifPresent(set::add);
        }
        if (set.size() > 1) {
            reader.problem(Key.SUBSCRIPTION_URL.named(name), "id is set too: use one of the two");
        }
        if (set.isEmpty() && only && !isReported(name, variable)) {
            return reader.text(variable.variable());
        }
        return set.stream().findFirst();
    }

    private String where(String name, boolean only, Key first, Key second, ZoomVariable variable) {
        if (layers.value(first.named(name)).isPresent()) {
            return first.named(name);
        }
        return only && layers.value(second.named(name)).isEmpty() ? variable.variable() : second.named(name);
    }

    /** An address of the scheme, encrypted unless it is on this machine or anything goes. */
    private URI address(String key, String standard, String plainScheme, boolean plainAnywhere) {
        return reader.parsed(
                key,
                standard,
                text -> parseAddress(text, plainScheme, plainAnywhere),
                URI.create(plainScheme + "s:none"));
    }

    private static URI parseAddress(String text, String plainScheme, boolean plainAnywhere) {
        String secureScheme = plainScheme + "s";
        String allowed = "an address such as " + secureScheme + "://host/path without query is allowed, and "
                + plainScheme + "://" + (plainAnywhere ? "" : " to this machine only");
        try {
            URI uri = new URI(text);
            boolean secure = secureScheme.equalsIgnoreCase(uri.getScheme());
            boolean plain = plainScheme.equalsIgnoreCase(uri.getScheme());
            if (uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null
                    && (secure || (plain && (plainAnywhere || isLoopback(uri.getHost()))))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is no address: " + allowed, e);
        }
        // The text is not repeated: what users paste here may hold a token.
        throw new IllegalArgumentException("this address cannot be used: " + allowed);
    }

    private static boolean isLoopback(String host) {
        boolean numeric = host.startsWith("[") || host.matches("[0-9.]+");
        if (!numeric) {
            return host.equalsIgnoreCase("localhost");
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
