package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenProbeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final String DATE = "Date: Mon, 23 Nov 2026 19:58:30 GMT\r\n";

    private static TokenReport ask(TokenServer.Answer answer) throws Exception {
        try (TokenServer server = new TokenServer(answer)) {
            OAuthClient client =
                    new OAuthClient(server.url(), "client", Secret.of("canary-secret"), Optional.of("account"));
            return new TokenProbe(client, Transport.DIRECT, () -> NOW).ask();
        }
    }

    @Test
    void tellsLifeScopesAndTheServersTimeButNotTheToken() throws Exception {
        TokenReport report = ask(TokenServer.of(
                200,
                DATE,
                "{\"access_token\":\"canary-token\",\"expires_in\":3599,\"scope\":\"meeting:read:admin user:read\"}"));

        assertThat(report)
                .isEqualTo(new TokenReport(
                        NOW,
                        NOW,
                        Optional.of(Instant.parse("2026-11-23T19:58:30Z")),
                        new TokenReport.Granted(
                                Optional.of(Duration.ofSeconds(3599)),
                                Optional.of(List.of("meeting:read:admin", "user:read")))));
        assertThat(report.toString()).doesNotContain("canary");
    }

    @Test
    void aScopeThatIsNoneIsLeftOutAndSoIsOneThatHoldsTheToken() throws Exception {
        TokenReport report = ask(TokenServer.of(
                200, "", "{\"access_token\":\"canary-token\",\"scope\":\"a:b x-canary-token <script> https://x/?y\"}"));

        assertThat(report.serverTime()).isEmpty();
        assertThat(report.outcome()).isEqualTo(new TokenReport.Granted(Optional.empty(), Optional.of(List.of("a:b"))));
    }

    @Test
    void aRefusalTellsTheServersTimeToo() throws Exception {
        TokenReport report = ask(TokenServer.of(400, DATE, "{\"error\":\"invalid_client\"}"));

        assertThat(report.serverTime()).contains(Instant.parse("2026-11-23T19:58:30Z"));
        assertThat(report.outcome())
                .isInstanceOfSatisfying(TokenReport.Failed.class, failed -> assertThat(failed.failure())
                        .isEqualTo(new TokenFailure.WrongCredentials()));
    }

    @Test
    void aDateThatIsNoneIsAsGoodAsUntold() throws Exception {
        assertThat(ask(TokenServer.of(500, "Date: yesterday\r\n", "")).serverTime())
                .isEmpty();
    }

    @Test
    void whoeverHangsUpHasAnsweredNothing() throws Exception {
        TokenReport report = ask((socket, out) -> socket.close());

        assertThat(report.outcome())
                .isInstanceOfSatisfying(TokenReport.Failed.class, failed -> assertThat(failed.failure())
                        .isEqualTo(new TokenFailure.Unavailable()));
    }
}
