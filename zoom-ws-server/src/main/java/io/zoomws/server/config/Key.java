package io.zoomws.server.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every key that a configuration may hold. A star stands for a name that the user chooses. */
enum Key {
    DATA("zoomws.data", "./data"),
    PLUGIN_PATH("zoomws.plugin-path", ""),
    HEARTBEAT("zoomws.connection.heartbeat", "25s"),
    HEARTBEAT_TIMEOUT("zoomws.connection.heartbeat-timeout", "10s"),
    /** {@code make-before-break} or {@code on-close}. */
    RENEWAL("zoomws.connection.renewal", "make-before-break"),
    /** For opening the socket, and again for Zoom's confirmation. */
    CONNECT_TIMEOUT("zoomws.connection.connect-timeout", "15s"),
    /** The upper end of all delays between tries, but for those after a kick. */
    LONGEST_BACK_OFF("zoomws.connection.longest-back-off", "60s"),
    MAX_FRAME("zoomws.connection.max-frame", "16MB"),
    /** PEM; trusted instead of the JDK's certificates. */
    CA_FILE("zoomws.connection.ca-file", ""),
    /** {@code http://host:port} or {@code socks5://host:port}; for tokens and events. */
    PROXY("zoomws.connection.proxy", ""),
    PROXY_USER("zoomws.connection.proxy-user", ""),
    PROXY_PASSWORD("zoomws.connection.proxy-password", ""),
    PROXY_PASSWORD_FILE("zoomws.connection.proxy-password-file", ""),
    /** DANGEROUS if true: {@code ws://} may leave this machine, and then token and events travel in the clear. */
    ALLOW_INSECURE("zoomws.connection.allow-insecure", "false"),
    /** {@code strict}, {@code interval:50ms} or {@code os}; DANGEROUS if not strict: a power cut loses what was delivered already. */
    DURABILITY("zoomws.journal.durability", "strict"),
    /** Free space that is never used: receiving stops before. Empty: 1 GB, or a twentieth of the file system if that is less. */
    RESERVE("zoomws.journal.reserve", ""),
    /** What may wait for the disk, of each subscription, before the socket is read no more. */
    MEMORY("zoomws.journal.memory", "8MB"),
    /** Segments whose newest entry is older are removed; empty: none. */
    RETENTION_MAX_AGE("zoomws.journal.retention.max-age", ""),
    /** The oldest segments are removed until the rest is not larger; empty: none. */
    RETENTION_MAX_SIZE("zoomws.journal.retention.max-size", ""),
    /** The oldest segments are removed until so much is free on the file system, whoever filled it; empty: none. */
    RETENTION_KEEP_FREE("zoomws.journal.retention.keep-free", ""),
    HTTP_ENABLED("zoomws.http.enabled", "true"),
    HTTP_ADDRESS("zoomws.http.address", "127.0.0.1"),
    HTTP_PORT("zoomws.http.port", "8080"),
    HTTP_INSECURE("zoomws.http.insecure", "false"),
    SUBSCRIPTION_ID("zoomws.subscriptions.*.id", ""),
    SUBSCRIPTION_URL("zoomws.subscriptions.*.url", ""),
    CLIENT_ID("zoomws.subscriptions.*.client-id", ""),
    CLIENT_SECRET("zoomws.subscriptions.*.client-secret", ""),
    CLIENT_SECRET_FILE("zoomws.subscriptions.*.client-secret-file", ""),
    ACCOUNT_ID("zoomws.subscriptions.*.account-id", ""),
    TOKEN_URL("zoomws.subscriptions.*.token-url", "https://zoom.us/oauth/token"),
    WEBSOCKET_URL("zoomws.subscriptions.*.websocket-url", "wss://ws.zoom.us/ws"),
    PLUGIN("zoomws.plugins.*.plugin", ""),
    START("zoomws.plugins.*.start", "latest"),
    /** DANGEROUS if true: retention waits for this instance, so that the disk may fill and receiving stop. */
    REQUIRED("zoomws.plugins.*.required", "false"),
    /** {@code stop}, {@code earliest} or {@code latest}; when a saved position is lost, damaged, too old or in the future. */
    ON_LOST_POSITION("zoomws.plugins.*.on-lost-position", "stop"),
    EVENTS("zoomws.plugins.*.events", "*"),
    /** Ids of accounts; empty: all. */
    ACCOUNTS("zoomws.plugins.*.accounts", ""),
    /** JSON Pointer to what events belong to: while an event is parked, later ones of the same wait with it. */
    ORDER_BY("zoomws.plugins.*.order-by", ""),
    /** {@code thread} or {@code process}. */
    ISOLATION("zoomws.plugins.*.isolation", "thread"),
    /** Options of the JVM of an instance that has a process of its own. */
    JVM_OPTIONS("zoomws.plugins.*.jvm-options", "-Xmx256m"),
    /** A section; what is below it is a {@link SettingKey}. */
    PLUGIN_SETTINGS("zoomws.plugins.*.settings", "");

    /** Name of the section whose children are subscriptions. */
    static final String SUBSCRIPTIONS = "zoomws.subscriptions";

    /** Name of the section whose children are plugin instances. */
    static final String PLUGINS = "zoomws.plugins";

    private final String pattern;
    private final String standard;

    Key(String pattern, String standard) {
        this.pattern = pattern;
        this.standard = standard;
    }

    /** The value when nothing is set. */
    String standard() {
        return standard;
    }

    /** The whole key, with the star replaced. */
    String named(String name) {
        return pattern.replace("*", name);
    }

    /** The whole key of a key without a star. */
    String plain() {
        return pattern;
    }

    boolean hasName() {
        return pattern.contains("*");
    }

    /** Whether this is the key, for whatever name. */
    boolean matches(String key) {
        if (!hasName()) {
            return pattern.equals(key);
        }
        return nameIn(key, pattern).isPresent();
    }

    /** Whether the key is a section above this one, such as {@code zoomws.plugins} or {@code zoomws.plugins.console}. */
    boolean isBelow(String section) {
        String[] above = section.split("\\.", -1);
        String[] own = pattern.split("\\.", -1);
        if (above.length >= own.length) {
            return false;
        }
        for (int i = 0; i < above.length; i++) {
            if (!own[i].equals("*") && !own[i].equals(above[i])) {
                return false;
            }
        }
        return true;
    }

    /** The name in place of the star, if the text is this key. */
    Optional<String> nameIn(String key) {
        return nameIn(key, pattern);
    }

    /** The name in place of the star, in upper case, if the text is the environment variable for this key. */
    Optional<String> nameInVariable(String variable) {
        return nameIn(variable, variable(pattern));
    }

    private static Optional<String> nameIn(String text, String pattern) {
        int star = pattern.indexOf('*');
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        boolean fits =
                text.length() > before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        return fits ? Optional.of(text.substring(star, text.length() - after.length())) : Optional.empty();
    }

    /** The name of the environment variable for a key, by SmallRye's rule; a star stays. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
    }

    /** Keys with a name, the longest first, so that {@code …_TOKEN_URL} is not taken for a {@code …_URL}. */
    static List<Key> namedLongestFirst() {
        return Arrays.stream(values())
                .filter(Key::hasName)
                .sorted(Comparator.comparingInt((Key key) -> key.pattern.length())
                        .reversed())
                .toList();
    }

    /** The known key that is nearest to an unknown one. */
    static String nearest(String unknown) {
        String[] parts = unknown.split("\\.", -1);
        return EditDistance.nearest(
                unknown,
                Arrays.stream(values())
                        .map(key -> key.named(parts.length > 3 ? parts[2] : "<name>"))
                        .toList());
    }
}
