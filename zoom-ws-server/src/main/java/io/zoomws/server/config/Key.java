package io.zoomws.server.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key that a configuration may hold, with what may be written and what it is for: the readers check against this, and
 * {@code docs/configuration.md} is made of it. A star stands for a name that the user chooses.
 */
@SuppressWarnings("ImmutableEnumChecker") // its fields are texts, and records of texts and flags
enum Key {
    DATA(
            "zoomws.data",
            "./data",
            Allowed.one("path of a folder"),
            "Where journals, cursors and parked entries are; each subscription has a folder of its own in it."),
    PLUGIN_PATH(
            "zoomws.plugin-path",
            "",
            Allowed.list("paths of folders"),
            "Folders whose sub-folders are plugins. Without it: those of the installation."),
    HEARTBEAT(
            "zoomws.connection.heartbeat", "25s", Allowed.durations("100ms", "60s"), "A heartbeat is sent this often."),
    HEARTBEAT_TIMEOUT(
            "zoomws.connection.heartbeat-timeout",
            "10s",
            Allowed.durations("100ms", "60s"),
            "When nothing at all has come this long after a heartbeat, the link is dead. Less than `heartbeat`."),
    RENEWAL(
            "zoomws.connection.renewal",
            "make-before-break",
            Allowed.one("`make-before-break` or `on-close`"),
            "Before a token ends, another connection is ready before the one before is let go; or Zoom's close"
                    + " is waited for, which leaves a gap."),
    CONNECT_TIMEOUT(
            "zoomws.connection.connect-timeout",
            "15s",
            Allowed.durations("1s", "5m"),
            "For opening the socket, and again for Zoom's confirmation; a proxy has half of it."),
    LONGEST_BACK_OFF(
            "zoomws.connection.longest-back-off",
            "60s",
            Allowed.durations("1s", "15m"),
            "Upper end of the delays between tries, but for those after a kick."),
    MAX_FRAME(
            "zoomws.connection.max-frame",
            "16MB",
            Allowed.sizes("1KB", "1GB"),
            "A larger frame is journaled as length and hash."),
    CA_FILE(
            "zoomws.connection.ca-file",
            "",
            Allowed.FILE,
            "PEM file whose certificates are trusted *instead of* the JDK's; to have both, put both into one"
                    + " file. Read at start."),
    PROXY(
            "zoomws.connection.proxy",
            "",
            Allowed.one("`http://host:port` or `socks5://host:port`"),
            "The way to Zoom, for tokens and events alike; it learns host and port, never a secret, and looks"
                    + " the host up. `HTTPS_PROXY` and `-Dhttps.proxyHost` are not looked at."),
    PROXY_USER("zoomws.connection.proxy-user", "", Allowed.one("text"), "The user name that the proxy asks for."),
    PROXY_PASSWORD("zoomws.connection.proxy-password", "", Allowed.SECRET, "The password that the proxy asks for."),
    PROXY_PASSWORD_FILE(
            "zoomws.connection.proxy-password-file", "", Allowed.FILE, "A file that holds it instead. Read at start."),
    ALLOW_INSECURE(
            "zoomws.connection.allow-insecure",
            "false",
            Allowed.FLAG,
            "**For tests only**: `ws://` may leave this machine, and **token and events travel in the clear**."
                    + " The client secret never travels so."),
    DURABILITY(
            "zoomws.journal.durability",
            "strict",
            Allowed.one("`strict`, `interval:` and a duration from 1ms to 1h such as `interval:50ms`, or `os`"),
            "When an event is handed to plugins: after a barrier has brought it to the disk; at once, with a"
                    + " barrier within that time; at once, and the system decides. **A power cut loses events that were"
                    + " handed out already** unless it is `strict`."),
    RESERVE(
            "zoomws.journal.reserve",
            "",
            Allowed.sizes("0", "1024TB"),
            "Free space that is never used: before it is touched, receiving stops, and goes on by itself."
                    + " Without it: 1GB, or a twentieth of the file system if that is less."),
    MEMORY(
            "zoomws.journal.memory",
            "8MB",
            Allowed.sizes("1MB", "1GB"),
            "What may wait for the disk, of each subscription, before the socket is read no more."),
    RETENTION_MAX_AGE(
            "zoomws.journal.retention.max-age",
            "",
            Allowed.durations("0s", "36500d"),
            "Segments whose newest entry is older are removed."),
    RETENTION_MAX_SIZE(
            "zoomws.journal.retention.max-size",
            "",
            Allowed.sizes("0", "1024TB"),
            "The oldest segments are removed until the rest of that journal is not larger."),
    RETENTION_KEEP_FREE(
            "zoomws.journal.retention.keep-free",
            "",
            Allowed.sizes("0", "1024TB"),
            "The oldest segments are removed until so much is free on the file system, **whoever filled it**."),
    HTTP_ENABLED("zoomws.http.enabled", "true", Allowed.FLAG, "Whether the server tells over HTTP how it is."),
    HTTP_ADDRESS(
            "zoomws.http.address",
            "127.0.0.1",
            Allowed.one("IP address of this machine, or `localhost`"),
            "Where it does. One that other machines can reach needs a token and TLS, or `insecure`."),
    HTTP_PORT("zoomws.http.port", "8080", Allowed.one("0 to 65535"), "0: any free one, which the log names."),
    HTTP_READ_TOKEN(
            "zoomws.http.read-token",
            "",
            Allowed.SECRET,
            "With it one may read the status, and events without their content. As soon as there is any token, requests"
                    + " need one."),
    HTTP_READ_TOKEN_FILE(
            "zoomws.http.read-token-file", "", Allowed.FILE, "A file that holds it instead. Read at start."),
    HTTP_OPERATE_TOKEN(
            "zoomws.http.operate-token",
            "",
            Allowed.SECRET,
            "With it one may also pause, resume, redrive and replay, and read what events hold."),
    HTTP_OPERATE_TOKEN_FILE(
            "zoomws.http.operate-token-file", "", Allowed.FILE, "A file that holds it instead. Read at start."),
    HTTP_CERTIFICATE(
            "zoomws.http.tls.certificate-file",
            "",
            Allowed.FILE,
            "PEM file with the certificate that is shown, and those between it and its authority. Read again when it"
                    + " changes."),
    HTTP_KEY(
            "zoomws.http.tls.key-file",
            "",
            Allowed.FILE,
            "PEM file with its private key, not encrypted (`BEGIN PRIVATE KEY`). Read again when it changes."),
    HTTP_HOST_NAMES(
            "zoomws.http.host-names",
            "",
            Allowed.list("host names"),
            "By what else it is called, as behind a proxy. Without it: loopback names, its address, and the names in the"
                    + " certificate."),
    HTTP_INSECURE(
            "zoomws.http.insecure",
            "false",
            Allowed.FLAG,
            "If true, the address may be one that others reach without token and TLS, under any host name. Without a"
                    + " token **whoever reaches it may read the status**, and which events there are, but do nothing."),
    ALERT_COMMAND(
            "zoomws.alert.command",
            "",
            Allowed.list("program and arguments"),
            "Run without a shell when something is wrong, and when it is over; the facts come as JSON on its standard input, and"
                    + " as variables `ZOOMWS_ALERT…`. Everybody on the machine can read its arguments."),
    ALERT_URL(
            "zoomws.alert.url",
            "",
            Allowed.SECRET,
            "`https://…`, posted to instead, with the facts as JSON; by the way of `zoomws.connection`. Never shown."),
    ALERT_URL_FILE("zoomws.alert.url-file", "", Allowed.FILE, "A file that holds it instead."),
    ALERT_ON(
            "zoomws.alert.on",
            "refused, rival, gap, disk, parked",
            Allowed.list("`refused`, `rival`, `gap`, `disk`, `parked`"),
            "What is told: credentials or subscription refused; another process uses the subscription; a gap; disk full, near its"
                    + " reserve or failing; entries that a plugin failed on."),
    ALERT_GAP("zoomws.alert.gap", "60s", Allowed.durations("1s", "30d"), "A gap is told when it is longer."),
    ALERT_REPEAT(
            "zoomws.alert.repeat",
            "4h",
            Allowed.durations("1m", "30d"),
            "What goes on is told again so often; what comes again within that time is not."),
    ALERT_TIMEOUT(
            "zoomws.alert.timeout",
            "10s",
            Allowed.durations("100ms", "5m"),
            "A command that takes longer is killed, an answer no longer waited for."),
    LOG_FORMAT(
            "zoomws.log.format",
            "text",
            Allowed.one("`text` or `json`"),
            "How the log looks, on standard error: for people, or one JSON object a line."),
    LOG_LEVELS(
            "zoomws.log.levels",
            "",
            Allowed.list("`name=LEVEL`, with OFF, ERROR, WARN, INFO, DEBUG or TRACE"),
            "Such as `io.zoomws=DEBUG`. **Libraries that see addresses and tokens** stay at INFO or above. Without it: what"
                    + " `ZOOMWS_LOG_LEVEL` says, or INFO."),
    SUBSCRIPTION_ID(
            "zoomws.subscriptions.*.id",
            "",
            Allowed.one("subscription id, or the address that holds it"),
            "Zoom's id of the event subscription: the value of `subscriptionId` in the address that the"
                    + " Marketplace page shows."),
    SUBSCRIPTION_URL(
            "zoomws.subscriptions.*.url",
            "",
            Allowed.SECRET,
            "That whole address, instead of `id`. It may hold a token and is never shown."),
    CLIENT_ID("zoomws.subscriptions.*.client-id", "", Allowed.one("text without a colon"), "The Client ID of the app."),
    CLIENT_SECRET("zoomws.subscriptions.*.client-secret", "", Allowed.SECRET, "The Client Secret of the app."),
    CLIENT_SECRET_FILE(
            "zoomws.subscriptions.*.client-secret-file",
            "",
            Allowed.FILE,
            "A file that holds it instead. Read at start."),
    ACCOUNT_ID(
            "zoomws.subscriptions.*.account-id",
            "",
            Allowed.one("text"),
            "Of a Server-to-Server app: its Account ID, which the grant `account_credentials` needs. Without"
                    + " it: `client_credentials`, as for a General app."),
    TOKEN_URL(
            "zoomws.subscriptions.*.token-url",
            "https://zoom.us/oauth/token",
            Allowed.one("`https://…`; `http://…` to this machine only"),
            "Where tokens are fetched."),
    WEBSOCKET_URL(
            "zoomws.subscriptions.*.websocket-url",
            "wss://ws.zoom.us/ws",
            Allowed.one("`wss://…`; `ws://…` to this machine only, unless `allow-insecure`"),
            "Where events come from, without query. Without it: that of `url`, if there is one, or Zoom's."),
    PLUGIN(
            "zoomws.plugins.*.plugin",
            "",
            Allowed.one("name of a plugin's folder"),
            "Which plugin runs. Without it: the one that is called like the instance."),
    START(
            "zoomws.plugins.*.start",
            "latest",
            Allowed.one("`earliest`, `latest`, a sequence or an ISO-8601 time"),
            "Where it begins. Used only until it has a position."),
    REQUIRED(
            "zoomws.plugins.*.required",
            "false",
            Allowed.FLAG,
            "If true, retention waits for it, and so **the disk may fill and receiving stop**."),
    ON_LOST_POSITION(
            "zoomws.plugins.*.on-lost-position",
            "stop",
            Allowed.one("`stop`, `earliest` or `latest`"),
            "What it does when its saved position is lost, damaged, before the oldest entry or behind the end."),
    EVENTS("zoomws.plugins.*.events", "*", Allowed.list("event types, `*` for any text"), "The events it is handed."),
    ACCOUNTS(
            "zoomws.plugins.*.accounts",
            "",
            Allowed.list("ids of accounts"),
            "Only events of these accounts. Without it: all, those of no account included."),
    ORDER_BY(
            "zoomws.plugins.*.order-by",
            "",
            Allowed.one("JSON Pointer such as `/payload/object/uuid`"),
            "What events belong to: while one is parked, later ones of the same wait with it. Without it: as"
                    + " the plugin says."),
    ISOLATION(
            "zoomws.plugins.*.isolation",
            "thread",
            Allowed.one("`thread` or `process`"),
            "What stands between it and the server."),
    JVM_OPTIONS(
            "zoomws.plugins.*.jvm-options",
            "-Xmx256m",
            Allowed.list("options, each beginning with a hyphen"),
            "Of the JVM of an instance with `isolation: process`."),
    PLUGIN_SETTINGS(
            "zoomws.plugins.*.settings",
            "",
            Allowed.one("section"),
            "The plugin's own settings, one key each; `zoom-ws plugins describe NAME` lists them. Their values"
                    + " are never shown, as only the plugin knows which are secret.");

    /** Name of the section whose children are subscriptions. */
    static final String SUBSCRIPTIONS = "zoomws.subscriptions";

    /** Name of the section whose children are plugin instances. */
    static final String PLUGINS = "zoomws.plugins";

    /** Sections of which every key counts at once. */
    private static final List<String> AT_ONCE = List.of("zoomws.journal.retention", "zoomws.alert", "zoomws.log");

    private final KeyPattern pattern;
    private final String standard;
    private final Allowed allowed;
    private final String text;

    Key(String pattern, String standard, Allowed allowed, String text) {
        this.pattern = new KeyPattern(pattern);
        this.standard = standard;
        this.allowed = allowed;
        this.text = text;
    }

    /** The value when nothing is set; empty: there is none, or the text says which. */
    String standard() {
        return standard;
    }

    Allowed allowed() {
        return allowed;
    }

    /** What it is for: sentences in Markdown. */
    String text() {
        return text;
    }

    Reload reload() {
        if (isBelow(PLUGINS)) {
            return Reload.INSTANCE;
        }
        return this == PLUGIN_PATH || AT_ONCE.stream().anyMatch(this::isBelow) ? Reload.AT_ONCE : Reload.RESTART;
    }

    /** The whole key, with the star replaced. */
    String named(String name) {
        return pattern.text().replace("*", name);
    }

    /** The whole key of a key without a star; with a star, the pattern. */
    String plain() {
        return pattern.text();
    }

    boolean hasName() {
        return pattern.hasName();
    }

    /** Whether this is the key, for whatever name. */
    boolean matches(String key) {
        return pattern.matches(key);
    }

    /** Whether the key is a section above this one, such as {@code zoomws.plugins} or {@code zoomws.plugins.console}. */
    boolean isBelow(String section) {
        return pattern.isBelow(section);
    }

    /** The name in place of the star, if the text is this key. */
    Optional<String> nameIn(String key) {
        return pattern.nameIn(key);
    }

    /** The name in place of the star, in upper case, if the text is the environment variable for this key. */
    Optional<String> nameInVariable(String variable) {
        return new KeyPattern(variable(pattern.text())).nameIn(variable);
    }

    /** The key that a text is, whatever its name. */
    static Optional<Key> of(String text) {
        return Arrays.stream(values()).filter(key -> key.matches(text)).findFirst();
    }

    /** Whether a text is a section above some key. */
    static boolean isSection(String text) {
        return Arrays.stream(values()).anyMatch(key -> key.isBelow(text));
    }

    /** The name of the environment variable for a key, by SmallRye's rule; a star stays. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
    }

    /** Keys with a name, the longest first, so that {@code …_TOKEN_URL} is not taken for a {@code …_URL}. */
    static List<Key> namedLongestFirst() {
        return Arrays.stream(values())
                .filter(Key::hasName)
                .sorted(Comparator.comparingInt((Key key) -> key.plain().length())
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
