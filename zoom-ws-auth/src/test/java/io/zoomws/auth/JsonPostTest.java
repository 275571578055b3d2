package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JsonPostTest {

    private static final String SECRET = "hook-secret-4711";

    @Test
    void aDocumentIsPostedAsJson() throws Exception {
        try (TokenServer server = new TokenServer(TokenServer.of(204, "", ""))) {
            post(server, Duration.ofSeconds(10)).send("{\"alert\":\"gap\"}");

            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /oauth/token?key=" + SECRET + " HTTP/1.1")
                    .containsIgnoringCase("Content-Type: application/json")
                    .doesNotContain("Authorization")
                    .endsWith("{\"alert\":\"gap\"}");
        }
    }

    @Test
    void whatIsNoSuccessIsToldWithoutTheAddress() throws Exception {
        try (TokenServer server = new TokenServer(TokenServer.of(404, "", SECRET))) {
            assertThatThrownBy(() -> post(server, Duration.ofSeconds(10)).send("{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the address that zoomws.alert.url names answered HTTP 404")
                    .hasNoCause();
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (TokenServer server = new TokenServer(TokenServer.of(307, "Location: http://127.0.0.1:1/\r\n", ""))) {
            assertThatThrownBy(() -> post(server, Duration.ofSeconds(10)).send("{}"))
                    .hasMessage("the address that zoomws.alert.url names answered HTTP 307");
        }
    }

    @Test
    void oneThatDoesNotAnswerIsLetGoOf() throws Exception {
        try (TokenServer server =
                new TokenServer((socket, out) -> Thread.currentThread().join())) {
            assertThatThrownBy(() -> post(server, Duration.ofMillis(200)).send("{}"))
                    .hasMessage("the address that zoomws.alert.url names did not answer within 0.2 s")
                    .hasNoCause();
        }
    }

    @Test
    void oneThatIsNotThereIsToldWithoutTheAddress() throws Exception {
        JsonPost post;
        try (TokenServer server = new TokenServer(TokenServer.of(200, "", ""))) {
            post = post(server, Duration.ofSeconds(10));
        }

        assertThatThrownBy(() -> post.send("{}"))
                .hasMessage("the address that zoomws.alert.url names refused the connection")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/" + SECRET,
                "https://user:" + SECRET + "@hooks.example.org/",
                "ftp://127.0.0.1/" + SECRET,
                "https:///" + SECRET,
                "not an address " + SECRET
            })
    void anAddressThatWouldGiveItselfAwayIsRefusedWithoutBeingRepeated(String address) {
        assertThatThrownBy(() -> new JsonPost(Secret.of(address), Transport.DIRECT, Duration.ofSeconds(1), "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "this address cannot be used: https://host/path is allowed, and http:// to this machine only")
                .hasNoCause();
    }

    private static JsonPost post(TokenServer server, Duration timeLimit) {
        return new JsonPost(
                Secret.of(server.url() + "?key=" + SECRET), Transport.DIRECT, timeLimit, "zoomws.alert.url");
    }
}
