package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Secret;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUrlTest {

    private static final AccessToken TOKEN = new AccessToken(Secret.of("e+y/J=&x"), Instant.MAX);

    private static ConnectionSettings parse(String text) {
        return ConnectionSettings.parse(text, ConnectionSettings.ZOOM, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AbC_-1|wss://ws.zoom.us/ws?subscriptionId=AbC_-1",
                " AbC |wss://ws.zoom.us/ws?subscriptionId=AbC",
                "wss://ws.zoom.us/ws?subscriptionId=Ab12Cd|wss://ws.zoom.us/ws?subscriptionId=Ab12Cd",
                "wss://ws.zoom.us/ws?subscriptionId=a%2Bb&access_token=hush|wss://ws.zoom.us/ws?subscriptionId=a%2Bb",
                "WSS://h:81/p/q?x=1%20&Access_Token=hush&subscriptionId=s&y|wss://h:81/p/q?x=1%20&y&subscriptionId=s",
                "ws://[::1]:9?subscriptionId=s|ws://[::1]:9/?subscriptionId=s"
            })
    void wholeUrlOrIdMakesTheSameRequest(String pasted, String expected) {
        ConnectionSettings settings = parse(pasted);
        assertThat(WebSocketUrl.withToken(settings, TOKEN)).hasToString(expected + "&access_token=e%2By%2FJ%3D%26x");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://ws.zoom.us/ws?access_token=hush", "wss://ws.zoom.us/ws?subscriptionId=&access_token=hush"
            })
    void urlWithoutSubscriptionIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> parse(url))
                .hasMessage(
                        "The URL of the subscription holds no subscriptionId: paste it as the Marketplace page shows it,"
                                + " such as wss://ws.zoom.us/ws?subscriptionId=Ab12Cd");
    }

    @Test
    void unreadableUrlIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> parse("wss://ws.zoom.us/ws?subscriptionId=a b&access_token=hush"))
                .hasMessage(
                        "The URL of the subscription cannot be read: paste it as the Marketplace page shows it, such as"
                                + " wss://ws.zoom.us/ws?subscriptionId=Ab12Cd")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://ws.zoom.us/ws", "ws://127.0.0.1.evil.example/", "ws://10.0.0.1/"})
    void plainTextStaysOnThisMachineUnlessAllowed(String url) {
        assertThatThrownBy(() -> ConnectionSettings.of(URI.create(url), "id"))
                .hasMessage(
                        "The websocket-url must begin with wss:// because the token is part of it; ws:// is accepted to"
                                + " 127.0.0.1, [::1] and localhost only, unless insecure connections are allowed");
        assertThat(ConnectionSettings.parse("id", URI.create(url), true).allowInsecure())
                .isTrue();
    }

    @Test
    void otherNonsenseIsRefused() {
        assertThatThrownBy(() -> ConnectionSettings.of(URI.create("https://ws.zoom.us/ws"), "id"))
                .hasMessage("The websocket-url must begin with wss://, not with https://");
        assertThatThrownBy(() -> ConnectionSettings.of(URI.create("wss://user:hush@ws.zoom.us/ws"), "id"))
                .hasMessage("The websocket-url must be an absolute URL without user name, such as wss://ws.zoom.us/ws");
        assertThatThrownBy(() -> parse(""))
                .hasMessage(
                        "The subscription id is missing or has blanks in it: copy it from the app's page in the Zoom"
                                + " Marketplace, or paste the whole wss:// URL");
        assertThatThrownBy(() ->
                        parse("id").withHeartbeat(java.time.Duration.ofSeconds(5), java.time.Duration.ofSeconds(5)))
                .hasMessage("heartbeat-timeout 5000 ms must be more than 0 and less than heartbeat, 5000 ms");
        assertThatThrownBy(() -> parse("id").withMaxFrameBytes(10))
                .hasMessage("The frame limit 10 bytes is not within 1024 and 1073741824");
    }
}
