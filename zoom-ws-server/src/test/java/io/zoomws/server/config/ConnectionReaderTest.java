package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to Zoom as it is configured. */
class ConnectionReaderTest {

    @TempDir
    private Path directory;

    private Settings load(String connection, Map<String, String> more) throws Exception {
        Files.writeString(directory.resolve("zoom-ws.yaml"), "zoomws:\n  connection:\n" + connection.indent(4));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("ZOOM_CLIENT_ID", "client");
        environment.put("ZOOM_CLIENT_SECRET", "hush");
        environment.putIfAbsent("ZOOM_SUBSCRIPTION_ID", "abc");
        return Configuration.load(
                new ConfigurationInputs(Optional.empty(), directory, Map.of(), Map.of(), environment));
    }

    private Settings.Connection connection(String text) throws Exception {
        return load(text, Map.of()).connection();
    }

    /** The messages without headline, file and line. */
    private void assertMistakes(String connection, Map<String, String> more, String... lines) {
        assertThatThrownBy(() -> load(connection, more))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines().skip(1))
                                .map(line -> line.strip().replaceAll(" \\(set in .*?\\)$", ""))
                                .containsExactly(lines));
    }

    @Test
    void everythingCanBeSet() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "canary\n");
        Settings settings = load("""
                connect-timeout: 20s
                longest-back-off: 2m
                max-frame: 1GB
                proxy: http://proxy.example:3128
                proxy-user: someone
                proxy-password-file: %s
                """.formatted(password), Map.of());

        Settings.Connection connection = settings.connection();
        assertThat(connection.connectTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(connection.longestBackOff()).isEqualTo(Duration.ofMinutes(2));
        assertThat(connection.maxFrameBytes()).isEqualTo(1 << 30);
        assertThat(connection.allowInsecure()).isFalse();
        assertThat(connection.transport())
                .isEqualTo(Transport.DIRECT.withProxy(Proxy.parse("http://proxy.example:3128")
                        .withCredentials(new Proxy.Credentials("someone", Secret.of("canary")))));
        assertThat(settings.toString()).doesNotContain("canary");
    }

    @Test
    void variablesOverrideTheFile() throws Exception {
        Settings.Connection connection = load(
                        "proxy: http://proxy.example:3128\nmax-frame: 1MB",
                        Map.of(
                                "ZOOMWS_CONNECTION_PROXY", "socks5://other.example:1080",
                                "ZOOMWS_CONNECTION_PROXY_USER", "someone",
                                "ZOOMWS_CONNECTION_PROXY_PASSWORD", "canary",
                                "ZOOMWS_CONNECTION_MAX_FRAME", "64kb"))
                .connection();

        assertThat(connection.transport().proxy())
                .contains(Proxy.parse("socks5://other.example:1080")
                        .withCredentials(new Proxy.Credentials("someone", Secret.of("canary"))));
        assertThat(connection.maxFrameBytes()).isEqualTo(64 * 1024);
    }

    @Test
    void nothingSetIsTheStandard() throws Exception {
        assertThat(connection("proxy: ''\nca-file: ''")).isEqualTo(Settings.Connection.STANDARD);
        assertThat(Settings.Connection.STANDARD.maxFrameBytes()).isEqualTo(16 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "connect-timeout|10m|'10m' is out of range: from 1s to 5m is allowed",
                "longest-back-off|1h|'1h' is out of range: from 1s to 15m is allowed",
                "max-frame|2GB|'2GB' is out of range: from 1KB to 1GB is allowed",
                "max-frame|1000|'1000' is out of range: from 1KB to 1GB is allowed",
                "max-frame|much|'much' is no size: use a number with B, KB, MB, GB or TB such as 16MB",
                "allow-insecure|yes|'yes' is neither true nor false",
                "proxy|proxy.example|this is no address of a proxy: use http://host:port or socks5://host:port, with user"
                        + " name and password apart",
                "proxy|http://u:canary@proxy:1|user name and password do not belong into the address of a proxy, which is"
                        + " shown in logs: use http://host:port or socks5://host:port, with user name and password apart",
                "ca-file|/none.pem|the file /none.pem cannot be read (NoSuchFileException): name a PEM file that exists and"
                        + " may be read",
                "proxy-pasword|x|unknown key; the nearest known one is zoomws.connection.proxy-password"
            })
    void mistakesAreTold(String key, String value, String message) {
        assertMistakes(key + ": '" + value + "'", Map.of(), "zoomws.connection." + key + ": " + message);
    }

    @Test
    void mistakesAboutCredentialsAreTold() throws Exception {
        String prefix = "zoomws.connection.";
        assertMistakes(
                "proxy-user: someone\nproxy-password: canary",
                Map.of(),
                prefix + "proxy-user: is of no use without zoomws.connection.proxy",
                prefix + "proxy-password: is of no use without zoomws.connection.proxy");
        assertMistakes(
                "proxy: http://p:1\nproxy-user: someone",
                Map.of(),
                prefix + "proxy-user: needs a password: set zoomws.connection.proxy-password or"
                        + " zoomws.connection.proxy-password-file");
        assertMistakes(
                "proxy: http://p:1\nproxy-password: canary",
                Map.of(),
                prefix + "proxy-password: needs a user name: set zoomws.connection.proxy-user");
        assertMistakes(
                "proxy: http://p:1\nproxy-user: a:b\nproxy-password: canary",
                Map.of(),
                prefix + "proxy-user: The proxy's user name must have 1 to 255 bytes, without colon");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        assertMistakes(
                "proxy: http://p:1\nproxy-user: a\nproxy-password: canary\nproxy-password-file: " + empty,
                Map.of(),
                prefix + "proxy-password-file: proxy-password is set too: use one of the two",
                prefix + "proxy-password-file: the file " + empty + " is empty: it must hold the proxy's password");
    }

    @Test
    void insecureConnectionsBeyondThisMachineMustBeAllowed() throws Exception {
        Map<String, String> remote = Map.of("ZOOM_SUBSCRIPTION_ID", "ws://zoom.example/ws?subscriptionId=abc");
        assertMistakes(
                "heartbeat: 25s",
                remote,
                "zoomws.subscriptions.main.websocket-url: this address cannot be used: an address such as"
                        + " wss://host/path without query is allowed, and ws:// to this machine only");
        assertThat(load("allow-insecure: true", remote).subscriptions().get(0).webSocketUrl())
                .isEqualTo(URI.create("ws://zoom.example/ws"));
        assertMistakes(
                "allow-insecure: true",
                Map.of("ZOOMWS_SUBSCRIPTIONS_MAIN_TOKEN_URL", "http://zoom.example/"),
                "zoomws.subscriptions.main.token-url: this address cannot be used: an address such as"
                        + " https://host/path without query is allowed, and http:// to this machine only");
    }

    @Test
    void addressesOnThisMachineAreNotSentInTheClearToAProxyElsewhere() throws Exception {
        Map<String, String> local = Map.of(
                "ZOOMWS_SUBSCRIPTIONS_MAIN_TOKEN_URL", "http://localhost:1/token",
                "ZOOMWS_SUBSCRIPTIONS_MAIN_WEBSOCKET_URL", "ws://localhost:1/ws");
        assertMistakes(
                "proxy: http://proxy.example:3128",
                local,
                "zoomws.subscriptions.main.token-url: must begin with https://, since zoomws.connection.proxy is not on"
                        + " this machine and the client secret would travel to it in the clear",
                "zoomws.subscriptions.main.websocket-url: must begin with wss://, since zoomws.connection.proxy is not on"
                        + " this machine and the access token would travel to it in the clear");
        assertThat(load("proxy: http://127.0.0.1:3128", local).subscriptions()).hasSize(1);
    }
}
