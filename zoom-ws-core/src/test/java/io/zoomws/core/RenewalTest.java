package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Secret;
import io.zoomws.auth.TokenFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How one connection takes over from another, and what that proves. */
class RenewalTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String TAKEN_OVER = "renewed: a newer connection took over";

    private final ConnectionSettings settings = ConnectionSettings.of(ConnectionSettings.ZOOM, "id");
    private ConnectionMachine machine = machine(settings);
    private long wall = 5_000 * SECOND;
    private long monotonic;

    private static ConnectionMachine machine(ConnectionSettings settings) {
        return new ConnectionMachine(settings, 1, Optional.empty(), new Random(1));
    }

    private List<Action> on(Input input) {
        return machine.on(input, new Moment(wall, monotonic));
    }

    private void pass(double seconds) {
        wall += (long) (seconds * SECOND);
        monotonic += (long) (seconds * SECOND);
    }

    private AccessToken token(String text) {
        return new AccessToken(Secret.of(text), Clocks.instant(wall + 3600 * SECOND));
    }

    /** Connection 1, ready, with an answered heartbeat. */
    private List<Action> first() {
        on(new Input.Start());
        List<Action> ready = next(1, "one");
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        return ready;
    }

    private List<Action> next(long connection, String token) {
        on(new Input.TokenReceived(token(token)));
        on(new Input.Asked(connection));
        on(new Input.Opened(connection));
        return on(new Input.Answered(connection, ControlFrame.CONFIRMED));
    }

    private static List<Action> gaps(List<Action> actions) {
        return actions.stream().filter(Action.TellGap.class::isInstance).toList();
    }

    @Test
    void renewalIsDueFiveMinutesBeforeTheTokenEnds() {
        long delay = first().stream()
                .filter(Action.Schedule.class::isInstance)
                .map(Action.Schedule.class::cast)
                .filter(schedule -> schedule.timer() == Timer.RENEWAL)
                .findFirst()
                .orElseThrow()
                .delayNanos();
        assertThat(delay / (double) SECOND).isBetween(3300.0, 3375.0);
    }

    @Test
    void secondConnectionTakesOverAndTheKickOfTheFirstLeavesNoGap() {
        first();
        pass(3300);
        assertThat(on(new Input.TimerDue(Timer.RENEWAL, 1, 0, 0)))
                .containsExactly(new Action.FetchToken(token("one")), new Action.TellChanged());
        assertThat(machine.status().line())
                .isEqualTo("Connection 1 is ready: confirmed by Zoom; another is to take over: the token ends soon");
        assertThat(on(new Input.TokenReceived(token("two"))))
                .containsExactly(
                        new Action.Open(2, token("two")), new Action.Schedule(Timer.HANDSHAKE, 2, 15 * SECOND));
        assertThat(on(new Input.Asked(2)))
                .as("the younger the proof the better")
                .containsExactly(new Action.SendHeartbeat(1));
        on(new Input.Opened(2));
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        long proven = wall;
        pass(0.2);
        assertThat(on(new Input.Answered(2, ControlFrame.CONFIRMED)))
                .startsWith(new Action.CancelTimers(2), new Action.TellConnected(2, wall), new Action.CancelTimers(1))
                .contains(new Action.Schedule(Timer.DRAIN, 1, 5 * SECOND), new Action.SendHeartbeat(2));
        assertThat(machine.status().line())
                .isEqualTo("Connection 2 is ready: confirmed by Zoom, took over from connection 1");

        on(new Input.Answered(2, ControlFrame.HEARTBEAT));
        assertThat(machine.provenNanos())
                .as("nobody knows yet whether they overlap")
                .isEqualTo(proven);
        assertThat(on(new Input.Answered(1, ControlFrame.KICKED))).startsWith(new Action.SendHeartbeat(2));
        assertThat(machine.provenNanos()).isEqualTo(wall);
        assertThat(on(new Input.Closed(1, false, true, "closed by Zoom (1000 Bye)")))
                .containsExactly(new Action.CancelTimers(1), new Action.TellDisconnected(1, wall, TAKEN_OVER));
        assertThat(machine.status().state()).isEqualTo(ConnectionState.READY);
        assertThat(machine.status().reconnects()).containsOnly(java.util.Map.entry(ReconnectCause.RENEWED, 1L));
    }

    @Test
    void closeOfTheFirstWithoutAWordLeavesAGapSinceItsLastProof() {
        first();
        pass(100);
        on(new Input.Renew("asked for"));
        on(new Input.TokenReceived(token("one")));
        on(new Input.Asked(2));
        long probed = wall;
        on(new Input.Opened(2));
        pass(0.1);
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        long confirmed = wall;
        on(new Input.Answered(2, ControlFrame.CONFIRMED));
        pass(0.1);
        assertThat(gaps(on(new Input.Closed(1, false, true, "closed by Zoom (1000)"))))
                .containsExactly(new Action.TellGap(probed, confirmed, "renewal: closed by Zoom (1000)"));
    }

    @Test
    void firstThatGoesOnAnsweringOverlapsAndIsClosedByUs() {
        first();
        on(new Input.Renew("asked for"));
        on(new Input.TokenReceived(token("one")));
        on(new Input.Asked(2));
        on(new Input.Opened(2));
        pass(0.1);
        on(new Input.Answered(2, ControlFrame.CONFIRMED));
        assertThat(on(new Input.Answered(1, ControlFrame.HEARTBEAT))).isEmpty();
        // The second answer is to the heartbeat that was sent after the takeover.
        assertThat(on(new Input.Answered(1, ControlFrame.HEARTBEAT))).isEmpty();
        long overlapped = wall;
        pass(5);
        on(new Input.TimerDue(Timer.HEARTBEAT, 2, 0, 0));
        on(new Input.Answered(2, ControlFrame.HEARTBEAT));
        on(new Input.Answered(2, ControlFrame.HEARTBEAT));
        assertThat(on(new Input.TimerDue(Timer.DRAIN, 1, 0, 0))).containsExactly(new Action.Close(1));
        assertThat(machine.provenNanos())
                .as("of what the first still holds nothing is proven")
                .isEqualTo(overlapped);
        pass(0.1);
        assertThat(on(new Input.Closed(1, false, true, "closed")))
                .startsWith(new Action.CancelTimers(1), new Action.TellDisconnected(1, wall, TAKEN_OVER))
                .contains(new Action.SendHeartbeat(2))
                .noneMatch(Action.TellGap.class::isInstance);
    }

    @Test
    void firstThatIsCutBeforeItWasReadToItsEndLeavesAGapUntilThen() {
        first();
        on(new Input.Renew("asked for"));
        next(2, "one");
        long takenOver = wall;
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        pass(5);
        on(new Input.TimerDue(Timer.DRAIN, 1, 0, 0));
        pass(1);
        assertThat(gaps(on(new Input.Closed(1, false, false, "cut before it was read to its end"))))
                .containsExactly(new Action.TellGap(takenOver, wall, "renewal: cut before it was read to its end"));
    }

    @Test
    void firstOfThreeIsReadToItsEndAndHoldsTheProofBack() {
        first();
        pass(20);
        long proven = wall;
        on(new Input.TimerDue(Timer.HEARTBEAT, 1, 0, 0));
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        on(new Input.Renew("asked for"));
        next(2, "one");
        pass(0.1);
        on(new Input.Renew("again"));
        assertThat(next(3, "one")).contains(new Action.Close(1)).noneMatch(Action.TellGap.class::isInstance);
        on(new Input.Answered(2, ControlFrame.KICKED));
        on(new Input.Closed(2, false, true, "closed by Zoom (1000 Bye)"));
        pass(0.1);
        on(new Input.Answered(3, ControlFrame.HEARTBEAT));
        assertThat(machine.provenNanos()).isEqualTo(proven);
        assertThat(gaps(on(new Input.Answered(1, ControlFrame.KICKED)))).isEmpty();
        assertThat(machine.provenNanos()).isGreaterThan(proven);
        assertThat(gaps(on(new Input.Closed(1, false, true, "closed by Zoom (1000 Bye)"))))
                .as("its kick was read, so that it had everything")
                .isEmpty();
    }

    @Test
    void firstIsNotClosedWhileTheSinkHasStoppedTheReading() {
        first();
        on(new Input.Renew("asked for"));
        next(2, "one");
        pass(5);
        assertThat(on(new Input.TimerDue(Timer.DRAIN, 1, 0, Input.TimerDue.PAUSED)))
                .containsExactly(new Action.Schedule(Timer.DRAIN, 1, 5 * SECOND));
    }

    @Test
    void firstThatFallsSilentLeavesAGap() {
        first();
        long proven = wall;
        pass(20);
        on(new Input.Renew("asked for"));
        next(2, "one");
        long confirmed = wall;
        pass(5);
        assertThat(on(new Input.TimerDue(Timer.DRAIN, 1, 0, 0))).containsExactly(new Action.Close(1));
        pass(0.1);
        assertThat(gaps(on(new Input.Closed(1, false, true, "closed by Zoom (1000)"))))
                .containsExactly(
                        new Action.TellGap(proven, confirmed, "renewal: the connection before did not answer in time"));
    }

    @Test
    void endOfTheFirstBeforeTheSecondIsConfirmedIsAnOutageThatTheSecondEnds() {
        first();
        long proven = wall;
        pass(20);
        on(new Input.Renew("asked for"));
        assertThat(on(new Input.Closed(1, false, true, "closed by Zoom (1001)")))
                .contains(new Action.TellDisconnected(1, wall, "closed by Zoom (1001)"));
        assertThat(machine.status().state()).isEqualTo(ConnectionState.WAITING_FOR_TOKEN);
        pass(1);
        assertThat(gaps(next(2, "one"))).containsExactly(new Action.TellGap(proven, wall, "closed by Zoom (1001)"));
    }

    @Test
    void kickBeforeOurOwnConfirmationMayBeARivals() {
        first();
        pass(3);
        on(new Input.Renew("asked for"));
        on(new Input.TokenReceived(token("one")));
        long asked = wall;
        on(new Input.Asked(2));
        on(new Input.Opened(2));
        pass(0.1);
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        on(new Input.Closed(1, true, true, "closed by Zoom (1000)"));
        pass(0.1);
        assertThat(gaps(on(new Input.Answered(2, ControlFrame.CONFIRMED))))
                .containsExactly(new Action.TellGap(
                        asked, wall, "connected in another place: another process uses this subscription"));
    }

    @Test
    void kickBeforeZoomCanKnowOfTheSecondIsARivalsAndGivesTheSecondUp() {
        first();
        on(new Input.Renew("asked for"));
        on(new Input.TokenReceived(token("one")));
        assertThat(on(new Input.Closed(1, true, true, "closed by Zoom (1000)")))
                .contains(new Action.Cut(2), new Action.CancelTimers(2));
        assertThat(machine.status().state()).isEqualTo(ConnectionState.BACKING_OFF);
        assertThat(machine.status().reconnects()).containsOnly(java.util.Map.entry(ReconnectCause.KICKED, 1L));
    }

    @Test
    void failedRenewalKeepsTheConnectionAndIsTriedAgain() {
        first();
        on(new Input.Renew("asked for"));
        on(new Input.TokenFailed(new TokenFailure.Unavailable(), "away"));
        assertThat(machine.status().state()).isEqualTo(ConnectionState.READY);
        assertThat(machine.status().line())
                .startsWith("Connection 1 is ready: confirmed by Zoom; another is to take over: away; next try in ");
        pass(1);
        assertThat(on(new Input.TimerDue(Timer.RETRY, 0, 0, 0))).contains(new Action.FetchToken(null));
        on(new Input.TokenReceived(token("one")));
        assertThat(on(new Input.OpenFailed(2, true, "refused at the handshake (HTTP 401)")))
                .as("a connection that is ready stays")
                .doesNotContain(new Action.Cut(1));
        assertThat(on(new Input.TimerDue(Timer.HEARTBEAT, 1, 0, 0))).contains(new Action.SendHeartbeat(1));
    }

    @Test
    void unansweredHeartbeatsRenewWhileFramesCome() {
        on(new Input.Start());
        next(1, "one");
        pass(25);
        on(new Input.TimerDue(Timer.HEARTBEAT, 1, monotonic, 0));
        pass(10);
        assertThat(on(new Input.TimerDue(Timer.DEADLINE, 1, monotonic, 0)))
                .containsExactly(new Action.FetchToken(null), new Action.TellChanged());
        assertThat(machine.status().line())
                .isEqualTo("Connection 1 is ready: confirmed by Zoom; another is to take over:"
                        + " two heartbeats in a row went unanswered");
        next(2, "one");
        assertThat(machine.status().reconnects())
                .containsOnly(
                        java.util.Map.entry(ReconnectCause.UNANSWERED, 1L),
                        java.util.Map.entry(ReconnectCause.RENEWED, 1L));
    }

    @Test
    void endOfTheSecondBeforeTheHandoverIsSettledLeavesAGapSinceTheProofOfTheFirst() {
        first();
        long proven = wall;
        pass(20);
        on(new Input.Renew("asked for"));
        long asked = wall;
        next(2, "one");
        long confirmed = wall;
        pass(1);
        assertThat(on(new Input.Closed(2, false, false, "connection reset"))).startsWith(new Action.Close(1));
        assertThat(on(new Input.Closed(1, false, true, "closed by Zoom (1000)")))
                .containsExactly(
                        new Action.TellGap(proven, confirmed, "renewal: the connection before did not answer in time"),
                        new Action.CancelTimers(1),
                        new Action.TellDisconnected(1, wall, TAKEN_OVER));
        pass(1);
        on(new Input.TimerDue(Timer.RETRY, 0, 0, 0));
        assertThat(gaps(next(3, "one"))).containsExactly(new Action.TellGap(asked, wall, "connection reset"));
    }

    @Test
    void renewalOnCloseWaitsForZoomAndOnRequestClosesFirst() {
        machine = machine(settings.withRenewal(Renewal.ON_CLOSE));
        assertThat(first())
                .noneMatch(action -> action instanceof Action.Schedule schedule && schedule.timer() == Timer.RENEWAL);
        pass(60);
        assertThat(on(new Input.Renew("asked for")))
                .contains(
                        new Action.Close(1),
                        new Action.TellDisconnected(1, wall, "renewal: asked for"),
                        new Action.Schedule(Timer.RETRY, 0, SECOND / 4));
    }

    @Test
    void stopEndsBothConnectionsAndTheOneBeingOpened() {
        first();
        on(new Input.Renew("asked for"));
        next(2, "one");
        on(new Input.Renew("again"));
        on(new Input.TokenReceived(token("one")));
        assertThat(on(new Input.Stop()))
                .contains(new Action.Close(1), new Action.Close(2), new Action.Close(3))
                .contains(
                        new Action.TellDisconnected(1, wall, TAKEN_OVER),
                        new Action.TellDisconnected(2, wall, "stopped"));
    }
}
