package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zoomws.core.Renewal;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final Map<String, String> ZOOM = Map.of(
            "ZOOM_CLIENT_ID", "client",
            "ZOOM_CLIENT_SECRET", "hush",
            "ZOOM_SUBSCRIPTION_ID", "abcDEF");

    @TempDir
    private Path directory;

    @Test
    void threeVariablesSuffice() throws Exception {
        Settings settings = load(ZOOM);

        Settings.Subscription main = settings.subscriptions().get(0);
        assertThat(settings.subscriptions()).hasSize(1);
        assertThat(main.name()).isEqualTo("main");
        assertThat(main.subscriptionId()).isEqualTo("abcDEF");
        assertThat(main.clientId()).isEqualTo("client");
        assertThat(main.clientSecret().reveal()).isEqualTo("hush");
        assertThat(main.accountId()).isEmpty();
        assertThat(main.tokenUrl()).isEqualTo(URI.create("https://zoom.us/oauth/token"));
        assertThat(main.webSocketUrl()).isEqualTo(URI.create("wss://ws.zoom.us/ws"));
        assertThat(settings.data()).isEqualTo(Path.of("./data"));
        assertThat(settings.connection()).isEqualTo(Settings.Connection.STANDARD);
        assertHeartbeat(settings, 25, 10);
        assertThat(settings.plugins()).isEmpty();
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void variablesComeFromDotEnvWithQuotesAndComments() throws Exception {
        Files.writeString(directory.resolve(".env"), """
                # Zoom
                export ZOOM_CLIENT_ID="client id"
                ZOOM_CLIENT_SECRET='hu#sh'
                ZOOM_SUBSCRIPTION_ID=abc # mine
                ZOOM_ACCOUNT_ID = acc
                """);

        Settings.Subscription main = load(Map.of()).subscriptions().get(0);

        assertThat(main.clientId()).isEqualTo("client id");
        assertThat(main.clientSecret().reveal()).isEqualTo("hu#sh");
        assertThat(main.subscriptionId()).isEqualTo("abc");
        assertThat(main.accountId()).contains("acc");
    }

    @Test
    void addressesOfTheOnlySubscriptionCanBeVariablesToo() throws Exception {
        Settings.Subscription main = load(Map.of(
                        "ZOOM_CLIENT_ID", "client",
                        "ZOOM_CLIENT_SECRET", "hush",
                        "ZOOM_SUBSCRIPTION_ID", "abc",
                        "ZOOMWS_SUBSCRIPTIONS_MAIN_TOKEN_URL", "http://127.0.0.1:81/oauth/token",
                        "ZOOMWS_SUBSCRIPTIONS_MAIN_WEBSOCKET_URL", "ws://127.0.0.1:81/ws"))
                .subscriptions()
                .get(0);

        assertThat(main.tokenUrl()).isEqualTo(URI.create("http://127.0.0.1:81/oauth/token"));
        assertThat(main.webSocketUrl()).isEqualTo(URI.create("ws://127.0.0.1:81/ws"));
    }

    @Test
    void aFileSaysEverything() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "from file\n");
        write("""
                zoomws:
                  data: /var/lib/zoom-ws
                  plugin-path: [one, "two"]
                  connection: { heartbeat: PT20S, heartbeat-timeout: 5s }
                  subscriptions:
                    sales:
                      url: wss://eu.zoom.us/ws?subscriptionId=xyz
                      client-id: ${SALES_ID:fallback}
                      client-secret-file: %s
                      account-id: ${NOBODY:}
                  plugins:
                    console:
                    second: { plugin: console, start: 17, events: ["meeting.*", user.created], settings: {} }
                """.formatted(secret));

        Settings settings = load(Map.of());

        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/zoom-ws"));
        assertThat(settings.pluginPath()).containsExactly(Path.of("one"), Path.of("two"));
        assertHeartbeat(settings, 20, 5);
        Settings.Subscription sales = settings.subscriptions().get(0);
        assertThat(sales.name()).isEqualTo("sales");
        assertThat(sales.subscriptionId()).isEqualTo("xyz");
        assertThat(sales.webSocketUrl()).isEqualTo(URI.create("wss://eu.zoom.us/ws"));
        assertThat(sales.clientId()).isEqualTo("fallback");
        assertThat(sales.clientSecret().reveal()).isEqualTo("from file");
        assertThat(sales.accountId()).isEmpty();
        assertThat(settings.plugins()).extracting(Settings.PluginInstance::name).containsExactly("console", "second");
        Settings.PluginInstance console = settings.plugins().get(0);
        assertThat(console.plugin()).isEqualTo("console");
        assertThat(console.start()).isEqualTo(Position.LATEST);
        assertThat(console.events().types().toString()).isEqualTo("*");
        Settings.PluginInstance second = settings.plugins().get(1);
        assertThat(second.plugin()).isEqualTo("console");
        assertThat(second.start()).isEqualTo(new Position.Sequence(17));
        assertThat(second.events().types().toString()).isEqualTo("meeting.*,user.created");
    }

    @Test
    void everyLayerOverridesTheOneBelow() throws Exception {
        write("zoomws: { data: file, connection: { heartbeat: 1s, heartbeat-timeout: 1s } }");
        Map<String, String> environment = new HashMap<>(ZOOM);
        environment.put("ZOOMWS_CONNECTION_HEARTBEAT", "2s");
        environment.put("ZOOMWS_CONNECTION_HEARTBEAT_TIMEOUT", "2s");
        environment.put("ZOOMWS_DATA", "environment");
        environment.put("ZOOMWS_PLUGINS_CONSOLE_EVENTS", "meeting.*,user.*");
        environment.put("ZOOMWS_JAVA_OPTS", "-Xmx1g");

        Settings settings = Configuration.load(new ConfigurationInputs(
                Optional.empty(),
                directory,
                Map.of("zoomws.data", "option"),
                Map.of("zoomws.data", "property", "zoomws.connection.heartbeat", "3s"),
                environment));

        assertThat(settings.data()).isEqualTo(Path.of("option"));
        assertHeartbeat(settings, 3, 2);
        assertThat(settings.plugins().get(0).events().types().toString()).isEqualTo("meeting.*,user.*");
    }

    @Test
    void everythingIsKeptUnlessALimitIsSaidAndAnInstanceStopsWhenItsPositionIsLost() throws Exception {
        assertThat(load(ZOOM).retention()).isEqualTo(RetentionPolicy.KEEP_ALL);
        Map<String, String> variables = new HashMap<>(ZOOM);
        variables.put("ZOOMWS_JOURNAL_RETENTION_MAX_AGE", "30d");
        variables.put("ZOOMWS_JOURNAL_RETENTION_MAX_SIZE", "20GB");
        variables.put("ZOOMWS_JOURNAL_RETENTION_KEEP_FREE", "5GB");
        variables.put("ZOOMWS_PLUGINS_CONSOLE_REQUIRED", "true");
        variables.put("ZOOMWS_PLUGINS_CONSOLE_ON_LOST_POSITION", "earliest");
        variables.put("ZOOMWS_PLUGINS_OTHER_START", "earliest");
        Settings settings = load(variables);

        assertThat(settings.retention())
                .isEqualTo(new RetentionPolicy(
                        Optional.of(Duration.ofDays(30)), OptionalLong.of(20L << 30), OptionalLong.of(5L << 30)));
        assertThat(settings.plugins())
                .extracting(Settings.PluginInstance::required)
                .containsExactly(true, false);
        assertThat(settings.plugins())
                .extracting(Settings.PluginInstance::onLostPosition)
                .containsExactly(LostPosition.EARLIEST, LostPosition.STOP);

        variables.put("ZOOMWS_JOURNAL_RETENTION_MAX_AGE", "30");
        variables.put("ZOOMWS_JOURNAL_RETENTION_KEEP_FREE", "some");
        variables.put("ZOOMWS_PLUGINS_CONSOLE_REQUIRED", "yes");
        variables.put("ZOOMWS_PLUGINS_CONSOLE_ON_LOST_POSITION", "guess");
        assertThatThrownBy(() -> load(variables))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("zoomws.journal.retention.max-age: '30' is no duration: ")
                .hasMessageContaining("zoomws.journal.retention.keep-free: 'some' is no size: ")
                .hasMessageContaining("zoomws.plugins.console.required: 'yes' is neither true nor false")
                .hasMessageContaining(
                        "zoomws.plugins.console.on-lost-position: 'guess' is none of stop, earliest and latest");
    }

    @Test
    void nothingAtAllNamesWhatIsMissingAndWhereToFindIt() {
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "3 mistakes in the configuration (no file zoom-ws.yaml here, so variables only; a .env file is read"
                                + " too):\n"
                                + "  zoomws.subscriptions.main.id (or the variable ZOOM_SUBSCRIPTION_ID): missing; find it on"
                                + " marketplace.zoom.us: Manage, your app, Features, Event Subscriptions, a subscription with method"
                                + " WebSocket: its id, or the whole address shown there\n"
                                + "  zoomws.subscriptions.main.client-id (or the variable ZOOM_CLIENT_ID): missing; find it on"
                                + " marketplace.zoom.us: Manage, your app, App Credentials, Client ID\n"
                                + "  zoomws.subscriptions.main.client-secret (or the variable ZOOM_CLIENT_SECRET): missing; find it"
                                + " on marketplace.zoom.us: Manage, your app, App Credentials, Client Secret");
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() throws Exception {
        Path file = write("""
                zoomws:
                  dta: x
                  connection:
                    heartbeat: 25 parsecs
                    heartbeat-timeout: 2h
                  subscriptions:
                    main:
                      id: "not an id"
                      client-id: ${UNSET_VARIABLE}
                      client-secret: hush
                      clientsecret: hush
                      token-url: http://zoom.example/oauth/token?access_token=hush
                  plugins:
                    console: { start: yesterday, events: ["a b"], settings: red }
                  htp: { port: 8080 }
                """);

        assertThatThrownBy(() -> load(Map.of("ZOOMWS_CONECTION_HEARTBEAT", "1s")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        12 mistakes in the configuration (file %1$s):
                          zoomws.dta: unknown key; the nearest known one is zoomws.data (set in %1$s:2)
                          zoomws.subscriptions.main.clientsecret: unknown key; the nearest known one is \
                        zoomws.subscriptions.main.client-secret (set in %1$s:11)
                          zoomws.htp.port: unknown key; the nearest known one is zoomws.http.port (set in %1$s:15)
                          ZOOMWS_CONECTION_HEARTBEAT: unknown; the nearest known key is zoomws.connection.heartbeat \
                        (set in environment variable ZOOMWS_CONECTION_HEARTBEAT)
                          zoomws.subscriptions.main.id: is neither a subscription id (letters, digits, hyphens, underscores) \
                        nor an address with ?subscriptionId=… as the Marketplace shows it (set in %1$s:8)
                          zoomws.subscriptions.main.client-id: names a variable that is not set: set it, or give a default \
                        as in ${NAME:default} (set in %1$s:9)
                          zoomws.subscriptions.main.token-url: this address cannot be used: an address such as \
                        https://host/path without query is allowed, and http:// to this machine only (set in %1$s:12)
                          zoomws.connection.heartbeat: '25 parsecs' is no duration: use a number with ms, s, m, h or d such \
                        as 25s, or ISO-8601 such as PT25S (set in %1$s:4)
                          zoomws.connection.heartbeat-timeout: '2h' is out of range: from 100ms to 60s is allowed \
                        (set in %1$s:5)
                          zoomws.plugins.console.settings: must be a section: write each setting in a line of its own below it \
                        (set in %1$s:14)
                          zoomws.plugins.console.start: 'yesterday' is no position: use earliest, latest, a sequence number \
                        from 1, or a time with offset such as 2026-11-23T20:00:00Z (set in %1$s:14)
                          zoomws.plugins.console.events: 'a b' is no event glob: use a type such as meeting.started, with * \
                        for any characters (set in %1$s:14)""".formatted(file));
    }

    @Test
    void aSecretIsInNoMessage() throws Exception {
        write("""
                zoomws:
                  subscriptions:
                    main: { id: a b, client-id: "", client-secret: "hush ${hush", client-secret-file: /none }
                """);

        assertThat(catchThrowable(() -> load(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("hush")
                .contains("client-secret is set too: use one of the two");
    }

    @Test
    void aHeartbeatTimeoutIsShorterThanTheHeartbeat() throws Exception {
        Path file = write("zoomws: { connection: { heartbeat: 5s } }");

        assertThatThrownBy(() -> load(ZOOM))
                .hasMessage("1 mistake in the configuration (file " + file
                        + "):\n  zoomws.connection.heartbeat-timeout: must be less than zoomws.connection.heartbeat, which is"
                        + " 5000ms");
    }

    @Test
    void renewalIsMakeBeforeBreakUnlessTold() throws Exception {
        assertThat(load(ZOOM).connection().renewal()).isEqualTo(Renewal.MAKE_BEFORE_BREAK);
        write("zoomws: { connection: { renewal: on-close } }");
        assertThat(load(ZOOM).connection().renewal()).isEqualTo(Renewal.ON_CLOSE);
        write("zoomws: { connection: { renewal: never } }");
        assertThatThrownBy(() -> load(ZOOM))
                .hasMessageContaining("zoomws.connection.renewal: 'never' is neither make-before-break nor on-close");
    }

    @Test
    void anInstanceIsAThreadUnlessToldAndItsProcessHasAQuarterOfAGigabyte() throws Exception {
        write("""
                zoomws:
                  plugins:
                    one: {}
                    two: { isolation: process, jvm-options: [-Xmx1g, "-Da=b,c"] }
                """);

        assertThat(load(ZOOM).plugins())
                .extracting(Settings.PluginInstance::isolation)
                .containsExactly(Isolation.THREAD, Isolation.PROCESS);
        assertThat(load(ZOOM).plugins())
                .extracting(Settings.PluginInstance::jvmOptions)
                .containsExactly(List.of("-Xmx256m"), List.of("-Xmx1g", "-Da=b,c"));

        write("zoomws: { plugins: { one: { isolation: jail, jvm-options: 512m } } }");

        assertThatThrownBy(() -> load(ZOOM))
                .hasMessageContaining("zoomws.plugins.one.isolation: 'jail' is no isolation: use thread or process")
                .hasMessageContaining("zoomws.plugins.one.jvm-options: '512m' is no option of a JVM: each begins with a"
                        + " hyphen, such as -Xmx512m");
    }

    @Test
    void severalSubscriptionsDoNotShareTheVariables() throws Exception {
        write("""
                zoomws:
                  subscriptions:
                    one: { id: a, client-id: b, client-secret: c }
                    two: { id: d, client-id: b }
                """);

        assertThat(catchThrowable(() -> load(ZOOM)))
                .hasMessageStartingWith("1 mistake in")
                .message()
                .contains("\n  zoomws.subscriptions.two.client-secret: missing; find it");
    }

    @Test
    void aFileThatIsNoYamlIsOneLine() throws Exception {
        Path file = write("zoomws:\n  data: [");

        assertThatThrownBy(() -> load(ZOOM))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":2: this is no YAML: expected the node content, but found '<stream end>'");
    }

    @Test
    void aKeyWrittenTwiceIsAMistake() throws Exception {
        Path file = write("zoomws:\n  data: a\n  data: b\n");

        assertThatThrownBy(() -> load(ZOOM))
                .hasMessage("1 mistake in the configuration (file " + file
                        + "):\n  zoomws.data: is written twice, first in line 2: remove one (set in " + file + ":3)");
    }

    @Test
    void aNamedFileMustExist() {
        Path missing = directory.resolve("none.yaml");

        assertThatThrownBy(() -> Configuration.load(
                        new ConfigurationInputs(Optional.of(missing), directory, Map.of(), Map.of(), ZOOM)))
                .hasMessage("there is no configuration file " + missing + ": name an existing one with -c");
    }

    @Test
    void commandsThatOnlyReadTakeTheDataDirectoryFromAFaultyConfiguration() throws Exception {
        write("zoomws: { data: there, nonsense: 1 }");

        assertThat(Configuration.dataDirectory(inputs(Map.of()))).isEqualTo(Path.of("there"));
    }

    private static void assertHeartbeat(Settings settings, long seconds, long timeoutSeconds) {
        assertThat(settings.connection().heartbeat()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(settings.connection().heartbeatTimeout()).isEqualTo(Duration.ofSeconds(timeoutSeconds));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("zoom-ws.yaml"), yaml);
    }

    private Settings load(Map<String, String> environment) throws ConfigurationException {
        return Configuration.load(inputs(environment));
    }

    private ConfigurationInputs inputs(Map<String, String> environment) {
        return new ConfigurationInputs(Optional.empty(), directory, Map.of(), Map.of(), environment);
    }
}
