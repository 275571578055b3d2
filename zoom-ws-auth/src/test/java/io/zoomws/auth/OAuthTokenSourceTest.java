package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every way to the token endpoint; this class goes straight there, its children through a proxy. */
@Timeout(60)
class OAuthTokenSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final String SECRET = "s3cret/äö";
    private static final String TOKEN = "{\"access_token\":\"eyJ.a-b_c\",\"token_type\":\"bearer\",\"expires_in\":3599,"
            + "\"scope\":\"a b\",\"api_url\":\"https://api-us.zoom.us\",\"new_field\":[1,{}]}";

    private Instant now = NOW;
    private @Nullable TokenServer server;
    private @Nullable OAuthTokenSource source;

    @AfterEach
    void close() throws Exception {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
    }

    Transport transport() {
        return Transport.DIRECT;
    }

    /** What a message says of the way, if it was too long. */
    String through() {
        return "";
    }

    String closedPort() {
        return " refused the connection";
    }

    String unknownHost() {
        return " is not known to the name server: check the token-url and the network";
    }

    private TokenServer serve(TokenServer.Answer answer) throws Exception {
        TokenServer started = new TokenServer(answer);
        server = started;
        return started;
    }

    private OAuthTokenSource source(URI url, Optional<String> account, Duration limit) {
        InstantSource clock = () -> now;
        OAuthTokenSource made = new OAuthTokenSource(
                new OAuthClient(url, "client", Secret.of(SECRET), account), clock, transport(), limit);
        source = made;
        return made;
    }

    private OAuthTokenSource source(TokenServer at) {
        return source(at.url(), Optional.of("acc/1"), Duration.ofSeconds(10));
    }

    private static AccessToken get(CompletableFuture<AccessToken> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private void assertFails(OAuthTokenSource from, TokenFailure failure, String message) {
        CompletableFuture<AccessToken> future = from.current();
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.failure()).isEqualTo(failure))
                .hasMessage(message)
                .hasNoCause();
    }

    @Test
    void accountCredentialsAreAFormWithBasicAuthorization() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", TOKEN));
        AccessToken token = get(source(at).current());

        assertThat(token.reveal()).isEqualTo("eyJ.a-b_c");
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3599));
        assertThat(token).hasToString("AccessToken[[redacted], expires 2026-11-23T20:59:59Z]");
        String basic = Base64.getEncoder().encodeToString(("client:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(at.requests().get(0))
                .startsWith("POST /oauth/token HTTP/1.1\r\n")
                .contains("Authorization: Basic " + basic + "\r\n")
                .contains("Content-Type: application/x-www-form-urlencoded\r\n")
                .endsWith("\r\n\r\ngrant_type=account_credentials&account_id=acc%2F1");
    }

    @Test
    void clientCredentialsAreUsedWithoutAccount() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", TOKEN));
        get(source(at.url(), Optional.empty(), Duration.ofSeconds(10)).current());

        assertThat(at.requests().get(0)).endsWith("\r\n\r\ngrant_type=client_credentials");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600|3600",
                "\"3600\"|3600",
                "3599.5|3599",
                "1e999|86400",
                "\"soon\"|300",
                "null|300",
                "-1|300",
                "true|300",
                "[]|300",
                "99999999999999999999|86400"
            })
    void lifeIsReadTolerantly(String expiresIn, long seconds) throws Exception {
        String body = "{\"expires_in\":" + expiresIn + ",\"access_token\":\"t\"}";
        assertThat(get(source(serve(TokenServer.of(200, "", body))).current()).expiresAt())
                .isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void lifeThatIsNotToldIsFiveMinutes() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", "{\"access_token\":\"t\"}"));
        assertThat(get(source(at).current()).expiresAt()).isEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Log in to the guest network</html>",
                "",
                "[]",
                "null",
                "{}",
                "{\"access_token\":7}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"a b\"}",
                "{\"access_token\":\"a\\r\\nX: y\"}",
                "{\"access_token\":null}",
                "{\"access_token\":\"t\"} trailing",
                "{\"access_token\":\"cut off"
            })
    void nonsenseIsNoToken(String body) throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", body));
        String what = body.startsWith("{") && body.endsWith("}")
                ? "without an access_token that could be one"
                : "without a JSON object";
        assertFails(
                source(at),
                new TokenFailure.Nonsense(),
                "The token endpoint 127.0.0.1:" + at.port() + " answered HTTP 200 " + what
                        + ": this is not how Zoom answers, so check the token-url and any proxy in between");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}",
                "401|<html>"
            })
    void wrongCredentialsAreTold(int status, String body) throws Exception {
        TokenServer at = serve(TokenServer.of(status, "", body));
        assertFails(
                source(at),
                new TokenFailure.WrongCredentials(),
                "The token endpoint 127.0.0.1:" + at.port() + " refused the client id or client secret (HTTP " + status
                        + "): copy both again from the app's page in the Zoom Marketplace");
    }

    @Test
    void wrongAccountIsTold() throws Exception {
        TokenServer at = serve(TokenServer.of(400, "", "{\"reason\":\"Bad Request\",\"error\":\"invalid_request\"}"));
        assertFails(
                source(at),
                new TokenFailure.WrongAccount(),
                "The token endpoint 127.0.0.1:" + at.port()
                        + " refused the account id (HTTP 400 invalid_request): copy it"
                        + " again from the app's page in the Zoom Marketplace, or leave it out if the app is not a"
                        + " Server-to-Server app");
        assertFails(
                source(at.url(), Optional.empty(), Duration.ofSeconds(10)),
                new TokenFailure.WrongAccount(),
                "The token endpoint 127.0.0.1:" + at.port() + " refused a request without account id (HTTP 400"
                        + " invalid_request): set the account id if the app is a Server-to-Server app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|120",
                "2026-11-23T20:01:00Z|60",
                "2026-11-23T21:01:00+01:00|60",
                "Mon, 23 Nov 2026 20:00:30 GMT|30",
                "2026-11-23T19:00:00Z|0",
                "3600|3600",
                "3601|3600",
                "9999999999|3600",
                "Tue, 24 Nov 2026 20:00:00 GMT|3600"
            })
    void rateLimitTellsHowLong(String header, long seconds) throws Exception {
        TokenServer at = serve(TokenServer.of(429, "Retry-After: " + header + "\r\n", ""));
        assertFails(
                source(at),
                new TokenFailure.RateLimited(Optional.of(Duration.ofSeconds(seconds))),
                "The token endpoint 127.0.0.1:" + at.port() + " asks to be left alone (HTTP 429) for " + seconds
                        + " s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Retry-After: later\r\n"})
    void rateLimitMayNotTellHowLong(String header) throws Exception {
        TokenServer at = serve(TokenServer.of(429, header, "{}"));
        assertFails(
                source(at),
                new TokenFailure.RateLimited(Optional.empty()),
                "The token endpoint 127.0.0.1:" + at.port() + " asks to be left alone (HTTP 429)");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void serverErrorsAreUnavailable(int status) throws Exception {
        TokenServer at = serve(TokenServer.of(status, "", "<html>"));
        assertFails(
                source(at),
                new TokenFailure.Unavailable(),
                "The token endpoint 127.0.0.1:" + at.port() + " is out of order (HTTP " + status + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsNeverFollowed(int status) throws Exception {
        try (TokenServer elsewhere = new TokenServer(TokenServer.of(200, "", TOKEN))) {
            TokenServer at = serve(TokenServer.of(status, "Location: " + elsewhere.url() + "\r\n", ""));
            assertFails(
                    source(at),
                    new TokenFailure.Nonsense(),
                    "The token endpoint 127.0.0.1:" + at.port() + " answered with a redirect (HTTP " + status
                            + "), which is never followed: this is not how Zoom answers, so check the token-url and any"
                            + " proxy in between");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void bodyThatDripsIsCutOffInTime() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        TokenServer at = serve((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(20);
            try {
                while (true) {
                    out.write(' ');
                    drip(socket);
                }
            } finally {
                cutOff.countDown();
            }
        });
        assertFails(
                source(at.url(), Optional.empty(), Duration.ofSeconds(1)),
                new TokenFailure.Unavailable(),
                "The token endpoint 127.0.0.1:" + at.port() + " did not answer within 1.0 s" + through());
        assertThat(cutOff.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits a little, or throws at the end of the client's stream. */
    private static void drip(java.net.Socket socket) throws java.io.IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new java.io.EOFException();
            }
        } catch (java.net.SocketTimeoutException e) {
            // The client waits for more, as it should.
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void endlessBodyIsCutOffAt64KiB() throws Exception {
        TokenServer at = serve((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] much = new byte[8192];
            Arrays.fill(much, (byte) ' ');
            while (true) {
                out.write(much);
            }
        });
        assertFails(
                source(at),
                new TokenFailure.Nonsense(),
                "The token endpoint 127.0.0.1:" + at.port()
                        + " answered HTTP 200 with more than 64 KiB: this is not how Zoom"
                        + " answers, so check the token-url and any proxy in between");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7;x=y\r\n{\"acces\r\n00E\r\ns_token\":\"abc\"\r\n1\r\n}\r\n"
                        + "0\r\nTrailer: yes\r\n\r\n",
                "HTTP/1.1 200\r\n\r\n{\"access_token\":\"abc\"}",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n{\"access_token\":\"abc\"} and more"
            })
    void bodyIsReadHoweverItIsSent(String answer) throws Exception {
        TokenServer at = serve((socket, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
        assertThat(get(source(at).current()).reveal()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"abc\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nCont"
            })
    void whatIsNoWholeAnswerIsUnavailable(String answer) throws Exception {
        TokenServer at = serve((socket, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
        assertFails(
                source(at),
                new TokenFailure.Unavailable(),
                "The token endpoint 127.0.0.1:" + at.port()
                        + " broke the connection off before its answer was complete");
    }

    @Test
    void resetSilenceAndClosedPortAreUnavailable() throws Exception {
        TokenServer at = serve((socket, out) -> socket.setSoLinger(true, 0));
        String endpoint = "The token endpoint 127.0.0.1:" + at.port();
        assertFails(
                source(at),
                new TokenFailure.Unavailable(),
                endpoint + " broke the connection off before its answer was complete");
        at.answer((socket, out) -> socket.getInputStream().read());
        assertFails(
                source(at.url(), Optional.empty(), Duration.ofMillis(200)),
                new TokenFailure.Unavailable(),
                endpoint + " did not answer within 0.2 s" + through());
        at.close();
        assertFails(source(at), new TokenFailure.Unavailable(), endpoint + closedPort());
    }

    @Test
    void unknownHostIsUnavailable() {
        assertFails(
                source(URI.create("https://token.invalid/oauth"), Optional.empty(), Duration.ofSeconds(10)),
                new TokenFailure.Unavailable(),
                "The token endpoint token.invalid" + unknownHost());
    }

    @Test
    void oneFetchServesAllWhoAskAndSurvivesThatOneOfThemCancels() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TokenServer at = serve((socket, out) -> {
            go.await();
            TokenServer.of(200, "", TOKEN).write(socket, out);
        });
        OAuthTokenSource tokens = source(at);
        CompletableFuture<AccessToken> first = tokens.current();
        List<CompletableFuture<AccessToken>> others = List.of(tokens.current(), tokens.current());
        assertThat(first.cancel(true)).isTrue();
        go.countDown();

        for (CompletableFuture<AccessToken> other : others) {
            assertThat(get(other).reveal()).isEqualTo("eyJ.a-b_c");
        }
        assertThat(at.requests()).hasSize(1);
    }

    @Test
    void tokenIsKeptUntilAMinuteBeforeItsEnd() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", TOKEN));
        OAuthTokenSource tokens = source(at);
        get(tokens.current());
        now = NOW.plusSeconds(3538);
        get(tokens.current());
        assertThat(at.requests()).hasSize(1);

        now = NOW.plusSeconds(3540);
        get(tokens.current());
        assertThat(at.requests()).hasSize(2);
    }

    @Test
    void clockSetBackMakesTheTokenUnknown() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", TOKEN));
        OAuthTokenSource tokens = source(at);
        get(tokens.current());
        now = NOW.minusSeconds(86_400);
        get(tokens.current());
        assertThat(at.requests()).hasSize(2);
    }

    @Test
    void freshGivesAnotherTokenThanTheRefusedOne() throws Exception {
        TokenServer at = serve(TokenServer.of(200, "", "{\"access_token\":\"one\",\"expires_in\":3600}"));
        OAuthTokenSource tokens = source(at);
        AccessToken one = get(tokens.current());
        at.answer(TokenServer.of(200, "", "{\"access_token\":\"two\",\"expires_in\":3600}"));

        assertThat(get(tokens.fresh(one)).reveal()).isEqualTo("two");
        assertThat(get(tokens.fresh(one)).reveal()).isEqualTo("two");
        assertThat(get(tokens.current()).reveal()).isEqualTo("two");
        assertThat(at.requests()).hasSize(2);
    }

    @Test
    void failureIsNotRemembered() throws Exception {
        TokenServer at = serve(TokenServer.of(503, "", ""));
        OAuthTokenSource tokens = source(at);
        assertFails(
                tokens,
                new TokenFailure.Unavailable(),
                "The token endpoint 127.0.0.1:" + at.port() + " is out of order (HTTP 503)");
        at.answer(TokenServer.of(200, "", TOKEN));
        assertThat(get(tokens.current()).reveal()).isEqualTo("eyJ.a-b_c");
    }

    @Test
    void closeEndsAFetchUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        TokenServer at = serve((socket, out) -> {
            asked.countDown();
            socket.getInputStream().read();
        });
        OAuthTokenSource tokens = source(at);
        CompletableFuture<AccessToken> waiting = tokens.current();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        tokens.close();
        String message =
                "The token endpoint 127.0.0.1:" + at.port() + " is not asked any more: this token source is closed";
        assertThatThrownBy(() -> get(waiting)).cause().hasMessage(message);
        assertFails(tokens, new TokenFailure.Unavailable(), message);
    }
}
