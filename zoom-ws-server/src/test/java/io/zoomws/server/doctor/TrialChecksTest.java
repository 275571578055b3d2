package io.zoomws.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is seen of a connection, and what becomes of it. */
class TrialChecksTest {

    private static final String RIVAL =
            "another process has this subscription, on this machine or elsewhere: stop it, or"
                    + " give it a subscription of its own; one subscription carries one connection";

    private static Observation seen(ConnectionState state, Map<ReconnectCause, Long> ends) {
        return new Observation(
                Duration.ofMillis(1500), false, state, "it was so", ends, Optional.empty(), Optional.empty());
    }

    private static Observation ready(Map<ReconnectCause, Long> ends, @Nullable Integer millis, @Nullable String event) {
        return new Observation(
                Duration.ofMillis(1500),
                false,
                ConnectionState.READY,
                "confirmed",
                ends,
                Optional.ofNullable(millis).map(Duration::ofMillis),
                Optional.ofNullable(event));
    }

    private static Observation stopped(ConnectionState state) {
        return new Observation(Duration.ZERO, true, state, "", Map.of(), Optional.empty(), Optional.empty());
    }

    @Test
    void aFirstRefusalMayBeOfAnOldTokenASecondIsNot() {
        Observation once = seen(ConnectionState.CONNECTING, Map.of(ReconnectCause.REFUSED, 1L));
        Observation twice = seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.REFUSED, 2L));

        assertThat(BuildConnectionCheck.isDecided(once)).isFalse();
        assertThat(BuildConnectionCheck.isDecided(twice)).isTrue();
        assertThat(BuildConnectionCheck.judge(twice))
                .isEqualTo(Verdict.failure(
                        "Zoom refused the token or the subscription",
                        "the subscription must be of the app whose client-id is configured: copy its id again from the"
                                + " app's Event Subscriptions, and activate the app"));
    }

    @Test
    void onlyAConfirmedConnectionIsOne() {
        Observation open = seen(ConnectionState.AWAITING_BUILD_CONNECTION, Map.of());

        assertThat(BuildConnectionCheck.isDecided(open)).isFalse();
        assertThat(BuildConnectionCheck.judge(open).text()).isEqualTo("Zoom did not confirm a connection within 1.5 s");
        assertThat(BuildConnectionCheck.judge(ready(Map.of(), null, null)))
                .isEqualTo(Verdict.ok("Zoom confirmed a connection after 1500 ms"));
    }

    @Test
    void aConnectionThatCouldNotBeOpenedSaysWhy() {
        assertThat(BuildConnectionCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.NOT_OPENED, 1L))))
                .isEqualTo(
                        Verdict.failure(
                                "no connection came about: it was so",
                                "compare the subscription id with that of the app's Event Subscriptions, and websocket-url with"
                                        + " wss://ws.zoom.us/ws; a proxy in between must let WebSockets pass; of HTTP 5xx, see status.zoom.us"));
        assertThat(BuildConnectionCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.KICKED, 1L))))
                .isEqualTo(Verdict.failure("Zoom says that the subscription is connected in another place", RIVAL));
        assertThat(BuildConnectionCheck.judge(seen(ConnectionState.HELD, Map.of()))
                        .text())
                .isEqualTo("the journal cannot take anything: it was so");
        assertThat(BuildConnectionCheck.judge(stopped(ConnectionState.CONNECTING)))
                .isEqualTo(Verdict.skipped("stopped before Zoom had answered"));
    }

    @Test
    void aHeartbeatMustBeAnsweredAndSoon() {
        assertThat(HeartbeatCheck.judge(ready(Map.of(), 20, null)))
                .isEqualTo(Verdict.ok("a heartbeat was answered after 20 ms"));
        assertThat(HeartbeatCheck.judge(ready(Map.of(), 2001, null)).status()).isEqualTo(Verdict.Status.WARNING);
        assertThat(HeartbeatCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.DEAD_LINK, 1L))))
                .isEqualTo(Verdict.failure(
                        "no heartbeat was answered within 1.5 s, though the connection was confirmed",
                        "look for a firewall or a proxy in between that opens TLS or holds back WebSocket frames"));
        assertThat(HeartbeatCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.RIVAL, 1L))))
                .isEqualTo(
                        Verdict.failure("the connection was taken by another before a heartbeat was answered", RIVAL));
        assertThat(HeartbeatCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.DROPPED, 1L)))
                        .text())
                .isEqualTo("the connection was closed before a heartbeat was answered");
        assertThat(HeartbeatCheck.judge(stopped(ConnectionState.READY)).status())
                .isEqualTo(Verdict.Status.SKIPPED);
    }

    @Test
    void anEventCountsAlthoughTheConnectionDropsAfterIt() {
        assertThat(FirstEventCheck.judge(ready(Map.of(ReconnectCause.DROPPED, 1L), 20, "meeting.started")))
                .isEqualTo(Verdict.ok("meeting.started came, and is journaled"));
    }

    @Test
    void aRivalIsGivenTimeToComeBackAfterAnEvent() {
        Observation event = ready(Map.of(), 20, "meeting.started");
        assertThat(FirstEventCheck.isDecided(event)).isFalse();
        assertThat(FirstEventCheck.isDecided(after(Duration.ofSeconds(3), event)))
                .isTrue();
        assertThat(FirstEventCheck.judge(ready(Map.of(ReconnectCause.KICKED, 1L), 20, "meeting.started")))
                .isEqualTo(Verdict.failure("another connection took the subscription after 1.5 s", RIVAL));
    }

    private static Observation after(Duration waited, Observation seen) {
        return new Observation(
                waited, seen.stopped(), seen.state(), seen.cause(), seen.ends(), seen.roundTrip(), seen.firstEvent());
    }

    @Test
    void whyNoEventCameIsToldApart() {
        assertThat(FirstEventCheck.judge(ready(Map.of(), 20, null)))
                .isEqualTo(Verdict.warning(
                        "no event came within 1.5 s: nothing happened, or Zoom does not send it",
                        "start a meeting in the account and run this again; if still nothing comes, activate the app, add"
                                + " the event types to this subscription, and the scopes that they ask for"));
        assertThat(FirstEventCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.KICKED, 1L))))
                .isEqualTo(Verdict.failure("another connection took the subscription after 1.5 s", RIVAL));
        assertThat(FirstEventCheck.judge(seen(ConnectionState.BACKING_OFF, Map.of(ReconnectCause.DROPPED, 1L)))
                        .text())
                .isEqualTo("the connection ended after 1.5 s, before any event");
        assertThat(FirstEventCheck.judge(stopped(ConnectionState.READY)).status())
                .isEqualTo(Verdict.Status.SKIPPED);
    }

    @Test
    void aRenewalOfOurOwnIsNoEnd() {
        assertThat(FirstEventCheck.isDecided(ready(Map.of(ReconnectCause.RENEWED, 1L), 20, null)))
                .isFalse();
    }
}
