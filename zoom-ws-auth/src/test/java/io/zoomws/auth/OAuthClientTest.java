package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthClientTest {

    private static OAuthClient client(String url) {
        return new OAuthClient(URI.create(url), "id", Secret.of("hush"), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zoom.us/oauth/token",
                "HTTPS://zoom.us/oauth/token",
                "http://localhost:8080/token",
                "http://127.0.0.1/token",
                "http://[::1]:9/token"
            })
    void acceptsHttpsAnywhereAndHttpToThisMachine(String url) {
        assertThat(client(url).tokenUrl()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://zoom.us/oauth/token",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "ftp://zoom.us/"
            })
    void refusesToSendTheSecretInTheClear(String url) {
        assertThatThrownBy(() -> client(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The token-url must begin with https:// because the client secret is sent to it; http:// is"
                        + " accepted to 127.0.0.1, [::1] and localhost only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/token", "https:opaque", "https://user:pass@zoom.us/", "https://zoom.us/#part"})
    void refusesWhatIsNoPlainUrl(String url) {
        assertThatThrownBy(() -> client(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The token-url must be an absolute URL without user name and fragment, such as"
                        + " https://zoom.us/oauth/token");
    }

    @Test
    void nothingShowsTheSecret() {
        assertThat(client("https://zoom.us/oauth/token").toString())
                .isEqualTo("OAuthClient[tokenUrl=https://zoom.us/oauth/token, clientId=id, clientSecret=[redacted],"
                        + " accountId=Optional.empty]");
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    }
}
