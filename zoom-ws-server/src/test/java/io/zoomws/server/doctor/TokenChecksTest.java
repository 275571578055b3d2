package io.zoomws.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.TokenFailure;
import io.zoomws.auth.TokenReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came of asking for a token, and what becomes of it. */
class TokenChecksTest {

    private static final Instant SERVER = Instant.parse("2026-11-23T20:00:00Z");

    private static TokenReport.Granted granted(@Nullable Integer seconds, @Nullable List<String> scopes) {
        return new TokenReport.Granted(
                Optional.ofNullable(seconds).map(Duration::ofSeconds), Optional.ofNullable(scopes));
    }

    @Test
    void grantLifeAndScopesAreTold() {
        assertThat(TokenCheck.judge(granted(3599, List.of("a:read", "b:read")), true))
                .isEqualTo(Verdict.ok(
                        "a token by the grant account_credentials, good for 3599 s, 2 scopes: a:read b:read"));
        assertThat(TokenCheck.judge(granted(null, null), false))
                .isEqualTo(
                        Verdict.ok("a token by the grant client_credentials, whose life was not told, whose scopes were"
                                + " not told"));
        assertThat(TokenCheck.judge(granted(3599, Collections.nCopies(30, "a")), false)
                        .text())
                .endsWith(", 30 scopes: a a a a a a a a and 22 more");
    }

    @Test
    void aTokenThatIsGoodForNothingOrEndsAtOnceIsAWarning() {
        assertThat(TokenCheck.judge(granted(3599, List.of()), true))
                .isEqualTo(Verdict.warning(
                        "a token by the grant account_credentials, good for 3599 s, without any scope",
                        "add the scopes that your event types ask for to the app, and activate it again"));
        assertThat(TokenCheck.judge(granted(299, List.of("a")), true))
                .isEqualTo(Verdict.warning(
                        "a token by the grant account_credentials, good for 299 s, 1 scope: a",
                        "Zoom's tokens live for an hour: check token-url"));
    }

    private static String remedy(TokenFailure failure, boolean account) {
        Verdict verdict = TokenCheck.judge(new TokenReport.Failed(failure, "why"), account);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.FAILURE);
        assertThat(verdict.text()).isEqualTo("why");
        return verdict.remedy().orElseThrow();
    }

    @Test
    void whoHasTheWrongGrantIsToldWhichKindOfAppWantsWhich() {
        assertThat(remedy(new TokenFailure.WrongAccount(), true))
                .isEqualTo(
                        "a Server-to-Server OAuth app must be activated and its account-id that of App Credentials; any"
                                + " other kind of app wants no account-id at all");
        assertThat(remedy(new TokenFailure.WrongAccount(), false))
                .isEqualTo(
                        "set account-id (ZOOM_ACCOUNT_ID) as App Credentials of the Server-to-Server OAuth app shows it");
    }

    @Test
    void eachFailureHasARemedyOfItsOwn() {
        assertThat(Stream.of(
                                new TokenFailure.WrongCredentials(),
                                new TokenFailure.WrongAccount(),
                                new TokenFailure.RateLimited(Optional.empty()),
                                new TokenFailure.Unavailable(),
                                new TokenFailure.Nonsense())
                        .map(failure -> remedy(failure, true)))
                .doesNotHaveDuplicates();
    }

    private static Verdict clock(Instant askedAt, Duration answer) {
        return ClockCheck.judge(
                new TokenReport(askedAt, askedAt.plus(answer), Optional.of(SERVER), granted(3599, List.of("a"))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, OK",
        "2400, 100, OK",
        "2600, 100, WARNING",
        "-1400, 100, OK",
        "-1700, 100, WARNING",
        "-4500, 8000, OK",
        "300000, 100, WARNING",
        "303000, 100, FAILURE",
        "-303000, 100, FAILURE"
    })
    void theClockIsJudgedAsFarAsTheAnswerLetsIt(long askedMillisAfter, long answerMillis, Verdict.Status status) {
        assertThat(clock(SERVER.plusMillis(askedMillisAfter), Duration.ofMillis(answerMillis))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aClockThatIsOffIsToldByHowMuchAndWhichWay() {
        String remedy =
                "set it by NTP (timedatectl set-ntp true): times of events and bounds of gaps are told by it, and"
                        + " certificates judged";
        assertThat(clock(SERVER.plusSeconds(90), Duration.ofMillis(1000)))
                .isEqualTo(Verdict.warning("the clock of this machine is 90 s ahead of the token server's", remedy));
        assertThat(clock(SERVER.minusSeconds(3600), Duration.ofMillis(1000)))
                .isEqualTo(Verdict.failure("the clock of this machine is 3600 s behind the token server's", remedy));
    }

    @Test
    void aServerThatDoesNotTellTheTimeLeavesTheClockUnjudged() {
        assertThat(ClockCheck.judge(new TokenReport(SERVER, SERVER, Optional.empty(), granted(3599, List.of("a")))))
                .isEqualTo(Verdict.skipped(
                        "the token endpoint has not told its time; it is 2026-11-23T20:00:00Z by the clock of this"
                                + " machine"));
    }

    @Test
    void aSubscriptionIdOfAnotherLengthIsAWarning() {
        assertThat(SubscriptionCheck.judge("SimulatedSubscription1"))
                .isEqualTo(Verdict.ok("the subscription id has the form of Zoom's"));
        assertThat(SubscriptionCheck.judge("Ab12Cd"))
                .isEqualTo(Verdict.warning(
                        "the subscription id has 6 characters, and Zoom's have 22",
                        "copy it again: it is what follows subscriptionId= in the WebSocket URL of the app's event"
                                + " subscription"));
    }
}
