package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zoomws.auth.TokenFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionMachineTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FakeTokens tokens = new FakeTokens();
    private final ConnectionMachine machine = machine(Optional.empty());
    private long wall = 5_000 * SECOND;
    private long monotonic;
    private long connection;

    private static ConnectionMachine machine(Optional<Outage> outage) {
        return new ConnectionMachine(ConnectionSettings.of(ConnectionSettings.ZOOM, "id"), 1, outage, new Random(1));
    }

    private List<Action> on(Input input) {
        return machine.on(input, new Moment(wall, monotonic));
    }

    private void pass(double seconds) {
        wall += (long) (seconds * SECOND);
        monotonic += (long) (seconds * SECOND);
    }

    private List<Action> ready() {
        if (machine.status().state() == ConnectionState.NEW) {
            on(new Input.Start());
        } else {
            on(new Input.TimerDue(Timer.RETRY, 0, 0, 0));
        }
        connection++;
        on(new Input.TokenReceived(tokens.token()));
        on(new Input.Asked(connection));
        on(new Input.Opened(connection));
        return on(new Input.Answered(connection, ControlFrame.CONFIRMED));
    }

    private static double delaySeconds(List<Action> actions) {
        return actions.stream()
                .filter(Action.Schedule.class::isInstance)
                .map(Action.Schedule.class::cast)
                .filter(schedule -> schedule.timer() == Timer.RETRY)
                .mapToDouble(schedule -> schedule.delayNanos() / (double) SECOND)
                .findFirst()
                .orElseThrow();
    }

    private double drop() {
        return delaySeconds(on(new Input.Closed(connection, false, true, "closed by Zoom (1000)")));
    }

    @Test
    void confirmationMakesReadyAndTheFirstHeartbeatGoesAtOnce() {
        assertThat(ready())
                .containsExactly(
                        new Action.CancelTimers(1),
                        new Action.TellConnected(1, wall),
                        new Action.SendHeartbeat(1),
                        new Action.Schedule(Timer.HEARTBEAT, 1, 25 * SECOND),
                        new Action.Schedule(Timer.DEADLINE, 1, 10 * SECOND),
                        new Action.TellChanged());
    }

    @Test
    void firstTryIsAtOnceOnlyAfterAConnectionThatLivedTenSeconds() {
        ready();
        pass(10);
        assertThat(drop()).isEqualTo(0.25);
        pass(61);
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ready();
            pass(1);
            delays.add(drop());
            pass(61);
        }
        assertThat(delays).allMatch(delay -> delay >= 0.25 && delay <= 60);
        assertThat(delays.get(0)).isLessThanOrEqualTo(1);
        assertThat(delays.get(1)).isLessThanOrEqualTo(2);
        assertThat(delays.subList(6, 12)).anyMatch(delay -> delay > 20);

        ready();
        pass(61);
        assertThat(drop()).isEqualTo(0.25);
        ready();
        pass(1);
        assertThat(drop()).as("forgotten after a stable minute").isLessThanOrEqualTo(1);
    }

    @Test
    void refusalAsksForAFreshTokenAtOnceThenSlowerAndSlower() {
        on(new Input.Start());
        double[] delays = new double[8];
        for (int i = 0; i < delays.length; i++) {
            on(new Input.TokenReceived(tokens.token()));
            on(new Input.Opened(i + 1));
            assertThat(on(new Input.Answered(i + 1, ControlFrame.REFUSED)))
                    .containsExactly(new Action.Schedule(Timer.LINGER, i + 1, 2 * SECOND));
            delays[i] = delaySeconds(on(new Input.Closed(i + 1, false, true, "closed by Zoom (1000 Bye)")));
            assertThat(on(new Input.TimerDue(Timer.RETRY, 0, 0, 0))).contains(new Action.FetchToken(tokens.token()));
        }
        assertThat(delays[0]).isZero();
        double[] most = {2, 4, 8, 16, 32, 60, 60};
        for (int i = 0; i < most.length; i++) {
            assertThat(delays[i + 1]).isBetween(most[i] * 0.75, most[i]);
        }
    }

    @Test
    void kickAfterAPeacefulLifeHoldsBackBrieflyAndASecondOneSoonAfterForLong() {
        ready();
        pass(600);
        assertThat(kick()).isBetween(30.0, 90.0);
        for (int i = 0; i < 5; i++) {
            ready();
            pass(100);
            assertThat(kick()).isBetween(600.0, 900.0);
        }
        ready();
        pass(601);
        assertThat(kick()).as("at peace for ten minutes").isBetween(30.0, 90.0);
        assertThat(machine.status().cause())
                .isEqualTo("connected in another place: another process uses this subscription");
    }

    private double kick() {
        return delaySeconds(on(new Input.Closed(connection, true, true, "closed")));
    }

    @Test
    void threeBareClosesInAMinuteAreARival() {
        for (int i = 0; i < 2; i++) {
            ready();
            pass(12);
            assertThat(drop()).isEqualTo(0.25);
        }
        ready();
        pass(12);
        assertThat(drop()).isBetween(600.0, 900.0);
        assertThat(machine.status().cause())
                .isEqualTo("closed by Zoom (1000), again and again: another process may be using this subscription");
        assertThat(machine.status().reconnects())
                .containsOnly(
                        java.util.Map.entry(ReconnectCause.DROPPED, 2L), java.util.Map.entry(ReconnectCause.RIVAL, 1L));
    }

    @Test
    void tokenFailuresAreRetriedSlowlyAndRetryAfterIsHonoured() {
        on(new Input.Start());
        double wrong = delaySeconds(on(new Input.TokenFailed(new TokenFailure.WrongCredentials(), "wrong secret")));
        assertThat(wrong).isBetween(45.0, 60.0);
        assertThat(machine.status().line()).startsWith("No connection: wrong secret; next try in ");
        on(new Input.TimerDue(Timer.RETRY, 0, 0, 0));
        TokenFailure limited = new TokenFailure.RateLimited(Optional.of(Duration.ofSeconds(300)));
        assertThat(delaySeconds(on(new Input.TokenFailed(limited, "later")))).isEqualTo(300);
        on(new Input.TimerDue(Timer.RETRY, 0, 0, 0));
        assertThat(delaySeconds(on(new Input.TokenFailed(new TokenFailure.Unavailable(), "down"))))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void gapBeginsWithTheLastAnsweredHeartbeatAndEndsWithTheConfirmation() {
        ready();
        pass(0.1);
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        pass(24.9);
        long sent = wall;
        on(new Input.TimerDue(Timer.HEARTBEAT, 1, monotonic, 0));
        pass(0.1);
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        assertThat(machine.provenNanos()).isEqualTo(sent);
        pass(20);
        drop();
        pass(0.25);
        assertThat(ready()).contains(new Action.TellGap(sent, wall, "closed by Zoom (1000)"));
    }

    @Test
    void firstTryThatFailsBeginsAGapOnANewJournalAsWell() {
        long started = wall;
        on(new Input.Start());
        pass(1);
        on(new Input.TokenFailed(new TokenFailure.WrongCredentials(), "wrong secret"));
        pass(60);
        assertThat(ready()).contains(new Action.TellGap(started, wall, "wrong secret"));
    }

    @Test
    void firstTryThatSucceedsOnANewJournalLeavesNoGap() {
        assertThat(ready()).noneMatch(Action.TellGap.class::isInstance);
    }

    @Test
    void beforeTheFirstAnswerTheGapBeginsWithTheHandshakeRequestNotWithTheConfirmation() {
        on(new Input.Start());
        on(new Input.TokenReceived(tokens.token()));
        pass(1);
        long asked = wall;
        on(new Input.Asked(1));
        on(new Input.Opened(1));
        pass(3);
        on(new Input.Answered(1, ControlFrame.CONFIRMED));
        connection = 1;
        assertThat(machine.provenNanos()).isEqualTo(asked);
        drop();
        pass(1);
        assertThat(ready()).contains(new Action.TellGap(asked, wall, "closed by Zoom (1000)"));
    }

    @Test
    void answerThatWasNotAskedForProvesNothing() {
        ready();
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        long proven = machine.provenNanos();
        pass(10);
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        assertThat(machine.provenNanos()).isEqualTo(proven);
    }

    @Test
    void gapIsNotTurnedInsideOutByAClockSetBack() {
        ready();
        long asked = wall;
        drop();
        wall -= 3600 * SECOND;
        assertThat(ready()).contains(new Action.TellGap(wall, asked, "closed by Zoom (1000)"));
    }

    @Test
    void aClockThatIsSetIsToldOnceAndDriftIsNot() {
        ready();
        pass(25);
        wall += 99_000_000; // drift
        assertThat(on(new Input.TimerDue(Timer.HEARTBEAT, 1, monotonic, 0)))
                .noneMatch(Action.TellClockJumped.class::isInstance);
        long right = wall;
        wall -= 3600 * SECOND;
        assertThat(on(new Input.Answered(1, ControlFrame.HEARTBEAT)))
                .as("told first, so that whatever else is told now comes behind it")
                .startsWith(new Action.TellClockJumped(right, wall));
        pass(25);
        assertThat(on(new Input.TimerDue(Timer.HEARTBEAT, 1, monotonic, 0)))
                .noneMatch(Action.TellClockJumped.class::isInstance);
        wall += 86_400 * SECOND; // or the machine slept for a day
        assertThat(on(new Input.Answered(1, ControlFrame.HEARTBEAT)))
                .startsWith(new Action.TellClockJumped(wall - 86_400 * SECOND, wall));
    }

    @Test
    void silencePastAHeartbeatIsADeadLinkUnlessWeWereStoppedOurselves() {
        ready();
        pass(310);
        assertThat(on(new Input.TimerDue(Timer.DEADLINE, 1, -1, 0)))
                .as("300 s late: the process was suspended")
                .containsExactly(new Action.Schedule(Timer.DEADLINE, 1, 10 * SECOND));
        pass(10);
        assertThat(on(new Input.TimerDue(Timer.DEADLINE, 1, -1, 0)))
                .startsWith(new Action.Cut(1))
                .contains(new Action.TellDisconnected(1, wall, "dead link: nothing came for 10.0 s after a heartbeat"));
    }

    @Test
    void silenceWhileNothingIsReadIsNoDeath() {
        ready();
        pass(10);
        assertThat(on(new Input.TimerDue(Timer.DEADLINE, 1, -1, Input.TimerDue.PAUSED)))
                .containsExactly(new Action.Schedule(Timer.DEADLINE, 1, 10 * SECOND));
        pass(10);
        assertThat(on(new Input.TimerDue(Timer.DEADLINE, 1, -1, monotonic - SECOND)))
                .as("read again for a second only")
                .containsExactly(new Action.Schedule(Timer.DEADLINE, 1, 9 * SECOND));
    }

    @Test
    void whatAnOldConnectionOrTimerTellsChangesNothing() {
        ready();
        drop();
        ready();
        for (ControlFrame frame : ControlFrame.values()) {
            assertThat(on(new Input.Answered(1, frame))).isEmpty();
        }
        assertThat(on(new Input.Asked(1))).isEmpty();
        assertThat(on(new Input.Opened(1))).isEmpty();
        assertThat(on(new Input.OpenFailed(1, true, "x"))).isEmpty();
        assertThat(on(new Input.Closed(1, true, true, "x"))).isEmpty();
        assertThat(on(new Input.TokenReceived(tokens.token()))).isEmpty();
        assertThat(on(new Input.TokenFailed(new TokenFailure.Nonsense(), "x"))).isEmpty();
        assertThat(on(new Input.Start())).isEmpty();
        for (Timer timer : List.of(Timer.RETRY, Timer.HANDSHAKE, Timer.LINGER)) {
            assertThat(on(new Input.TimerDue(timer, 1, 0, 0))).isEmpty();
        }
        assertThat(machine.status().state()).isEqualTo(ConnectionState.READY);
    }

    @Test
    void whileItIsHeldNothingIsOpenedAndTheGapSaysWhy() {
        ready();
        on(new Input.Answered(1, ControlFrame.HEARTBEAT));
        long proven = wall;
        pass(20);

        assertThat(on(new Input.Hold("disk: full")))
                .contains(new Action.Close(1))
                .contains(new Action.CancelTimers(0));

        assertThat(machine.status().line())
                .isEqualTo("No connection: disk: full; it is opened again when that is over");
        pass(600);
        assertThat(on(new Input.TimerDue(Timer.RETRY, 0, 0, 0))).isEmpty();
        assertThat(on(new Input.Renew("asked for"))).isEmpty();
        assertThat(on(new Input.Closed(1, false, true, "closed by us"))).isEmpty();

        assertThat(on(new Input.Release())).contains(new Action.FetchToken(null));
        on(new Input.TokenReceived(tokens.token()));
        on(new Input.Asked(2));
        on(new Input.Opened(2));
        assertThat(on(new Input.Answered(2, ControlFrame.CONFIRMED)))
                .contains(new Action.TellGap(proven, wall, "disk: full"));
    }

    @Test
    void aHoldDoesNotShortenHowLongARivalIsHeldBackFrom() {
        ready();
        on(new Input.Answered(1, ControlFrame.KICKED));
        double delay = delaySeconds(on(new Input.Closed(1, true, true, "closed by Zoom (1000)")));
        on(new Input.Hold("disk: full"));
        pass(5);

        assertThat(delaySeconds(on(new Input.Release()))).isCloseTo(delay - 5, within(0.001));
    }

    @Test
    void heldBeforeItIsStartedItBeginsWhenBothHaveHappened() {
        on(new Input.Hold("disk: full"));
        assertThat(on(new Input.Start())).doesNotContain(new Action.FetchToken(null));
        assertThat(on(new Input.Release())).contains(new Action.FetchToken(null));

        ConnectionMachine other = machine(Optional.empty());
        other.on(new Input.Hold("disk: full"), new Moment(wall, 0));
        other.on(new Input.Release(), new Moment(wall, 0));
        assertThat(other.status().state()).isEqualTo(ConnectionState.NEW);
        assertThat(other.on(new Input.Start(), new Moment(wall, 0))).contains(new Action.FetchToken(null));
    }

    @Test
    void everyInputInEveryStateLeavesAWayOut() {
        List<Input> inputs = new ArrayList<>(List.of(
                new Input.Start(),
                new Input.TokenReceived(tokens.token()),
                new Input.TokenFailed(new TokenFailure.Nonsense(), "x"),
                new Input.Asked(1),
                new Input.Opened(1),
                new Input.OpenFailed(1, true, "x"),
                new Input.Closed(1, false, true, "x"),
                new Input.Renew("x"),
                new Input.Hold("x"),
                new Input.Release()));
        for (ControlFrame frame : ControlFrame.values()) {
            inputs.add(new Input.Answered(1, frame));
        }
        for (Timer timer : Timer.values()) {
            inputs.add(new Input.TimerDue(timer, timer == Timer.RETRY ? 0 : 1, 0, 0));
        }
        List<List<Input>> ways = List.of(
                List.of(),
                List.of(inputs.get(0)),
                List.of(inputs.get(0), inputs.get(1)),
                List.of(inputs.get(0), inputs.get(1), inputs.get(4)),
                List.of(inputs.get(0), inputs.get(1), inputs.get(4), new Input.Answered(1, ControlFrame.CONFIRMED)),
                List.of(inputs.get(0), inputs.get(2)),
                List.of(new Input.Hold("x")),
                List.of(inputs.get(0), new Input.Hold("x")),
                List.of(new Input.Stop()));
        for (List<Input> way : ways) {
            for (Input input : inputs) {
                ConnectionMachine tried = machine(Optional.empty());
                way.forEach(step -> tried.on(step, new Moment(wall, 0)));
                String before = tried.status().line();
                List<Action> actions = tried.on(input, new Moment(wall, 0));
                boolean moved = !tried.status().line().equals(before);
                assertThat(actions.contains(new Action.TellChanged()))
                        .as("%s in %s tells of its change", input, before)
                        .isEqualTo(moved);
                tried.on(new Input.Stop(), new Moment(wall, 0));
                assertThat(tried.status().state()).isEqualTo(ConnectionState.STOPPED);
            }
        }
    }
}
