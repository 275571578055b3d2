package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Secret;
import io.zoomws.auth.TokenFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A connection's life in virtual time: the machine under test, a network and a server that misbehave at random, and an
 * oracle that knows when the server could in truth reach a client. The client may be suspended: then what happens waits.
 * Its wall clock may be set: then the truth is what that clock showed while the server could not reach it.
 */
final class Simulation {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = 1_000_000 * SECOND;
    private static final long MOST_OVERSTATED = 26 * SECOND;

    /** A rival whose kick is still under way when a renewal is confirmed cannot be told from the renewal: decision 6. */
    private static final long RIVALS_MOMENT = SECOND / 10;

    /** What the server does with an older connection when a newer one is confirmed. */
    private enum Older {
        KICKED_BY_FRAME,
        KICKED_BY_REASON,
        CLOSED_WITHOUT_A_WORD,
        RESET,
        KEPT
    }

    /** Something that will happen to the client, unless it is about a socket that is gone. */
    private record Event(long at, long order, Runnable run) {}

    /** An interval; the oracle's in true time, a gap's by the wall clock. */
    private record Span(long from, long to) {
        long length() {
            return to - from;
        }
    }

    private record TimerKey(Timer timer, long connection) {}

    /** From a true time on, the wall clock is so far ahead. */
    private record Offset(long from, long nanos) {}

    private final Random random;
    private final ConnectionMachine machine;
    private final Older older;
    private final boolean newTokenEndsOld;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<TimerKey, Long> timers = new HashMap<>();
    private final List<Span> outages = new ArrayList<>();
    /** When what was written to a connection was lost with it, although another was live. */
    private final List<Span> unread = new ArrayList<>();

    private final List<Span> gaps = new ArrayList<>();
    private final List<Offset> offsets = new ArrayList<>(List.of(new Offset(0, 0)));
    private final Map<Long, Long> lastFrames = new HashMap<>();
    private long now = START;
    private long order;
    private long timerVersion;
    private boolean calm;
    private boolean blurred;
    private int tokensGiven;
    private int handovers;

    // The server's view: the truth.
    private long live;
    private final List<Long> kept = new ArrayList<>();
    private long deadSince = START;
    private long bornAt;
    private boolean deafToHeartbeats;
    private boolean takenByRival;
    private final List<Span> takenForAMoment = new ArrayList<>();

    Simulation(long seed) {
        this.random = new Random(seed);
        this.older = Older.values()[random.nextInt(Older.values().length)];
        this.newTokenEndsOld = random.nextInt(4) == 0;
        ConnectionSettings settings = ConnectionSettings.of(ConnectionSettings.ZOOM, "id")
                .withRenewal(random.nextInt(4) == 0 ? Renewal.ON_CLOSE : Renewal.MAKE_BEFORE_BREAK);
        this.machine = new ConnectionMachine(settings, 1, Optional.of(new Outage(START, "crash")), random);
    }

    /** Lets so many seconds pass with faults, then half an hour without, in which it must recover and stay. */
    void live(int seconds) {
        input(new Input.Start());
        fault();
        run(START + seconds * SECOND);
        calm = true;
        deafToHeartbeats = false;
        run(now + 1800 * SECOND);
        // Half an hour may end in the middle of a renewal.
        if (machine.status().state() != ConnectionState.READY) {
            run(now + 30 * SECOND);
        }
        run(Math.max(now, bornAt + 10 * SECOND));
    }

    private void run(long until) {
        while (!events.isEmpty() && events.peek().at() <= until) {
            Event event = events.remove();
            now = Math.max(now, event.at());
            event.run().run();
        }
        now = Math.max(now, until);
    }

    private void in(long nanos, Runnable run) {
        events.add(new Event(now + nanos, order++, run));
    }

    private long seconds(double most) {
        return (long) (random.nextDouble() * most * SECOND);
    }

    private Moment moment() {
        return new Moment(now + offsets.get(offsets.size() - 1).nanos(), now);
    }

    private void input(Input input) {
        for (Action action : machine.on(input, moment())) {
            perform(action);
        }
    }

    private void frame(long connection, ControlFrame frame) {
        lastFrames.put(connection, now);
        input(new Input.Answered(connection, frame));
    }

    private void perform(Action action) {
        if (action instanceof Action.FetchToken) {
            fetchToken();
        } else if (action instanceof Action.Open open) {
            open(open.connection());
        } else if (action instanceof Action.SendHeartbeat heartbeat) {
            heartbeat(heartbeat.connection());
        } else if (action instanceof Action.Cut cut) {
            dead(cut.connection());
        } else if (action instanceof Action.Close close) {
            closeByUs(close.connection());
        } else if (action instanceof Action.Schedule schedule) {
            schedule(new TimerKey(schedule.timer(), schedule.connection()), schedule.delayNanos());
        } else if (action instanceof Action.CancelTimers cancel) {
            timers.keySet().removeIf(key -> key.connection() == cancel.connection());
        } else if (action instanceof Action.TellGap gap) {
            gaps.add(new Span(gap.fromNanos(), gap.toNanos()));
        }
    }

    /** What the server wrote last may be left unread when it does not answer the close in time. */
    private void closeByUs(long connection) {
        boolean readToEnd = random.nextInt(4) > 0;
        long patience = readToEnd ? seconds(0.1) : SECOND;
        boolean writtenTo = connection == live || kept.contains(connection);
        long closed = now;
        dead(connection);
        in(patience, () -> {
            if (writtenTo && !readToEnd) {
                // Whatever was read came before what was not.
                unread.add(new Span(
                        Math.max(closed - SECOND / 10, lastFrames.getOrDefault(connection, closed)),
                        closed + patience / 2));
            }
            input(new Input.Closed(connection, false, readToEnd, "closed by us"));
        });
    }

    private void schedule(TimerKey key, long delay) {
        long version = ++timerVersion;
        timers.put(key, version);
        in(delay, () -> {
            if (timers.remove(key, version)) {
                long lastFrame = lastFrames.getOrDefault(key.connection(), 0L);
                input(new Input.TimerDue(key.timer(), key.connection(), lastFrame, START));
            }
        });
    }

    private void fetchToken() {
        boolean fails = !calm && random.nextInt(6) == 0;
        in(seconds(fails ? 10 : 2), () -> {
            if (fails) {
                input(new Input.TokenFailed(new TokenFailure.Unavailable(), "away"));
                return;
            }
            long connection = live;
            if (newTokenEndsOld && connection != 0) {
                dead(connection);
                in(seconds(0.2), () -> input(new Input.Closed(connection, false, true, "closed (1008)")));
            }
            long life = (long) ((120 + random.nextInt(3480)) * SECOND);
            input(new Input.TokenReceived(
                    new AccessToken(Secret.of("token " + ++tokensGiven), Clocks.instant(moment().wallNanos() + life))));
        });
    }

    private void open(long connection) {
        long delay = seconds(0.3);
        int fate = calm ? 9 : random.nextInt(10);
        if (fate == 0) {
            in(delay, () -> input(new Input.OpenFailed(connection, random.nextBoolean(), "no")));
            return;
        }
        in(delay, () -> input(new Input.Asked(connection)));
        in(delay + 1, () -> input(new Input.Opened(connection)));
        ControlFrame answer =
                fate == 1 ? ControlFrame.REFUSED : fate == 2 ? ControlFrame.KICKED : ControlFrame.CONFIRMED;
        if (fate == 3) {
            return; // never confirmed
        }
        long thought = fate == 4 ? seconds(14) : 2;
        in(delay + thought, () -> {
            if (answer == ControlFrame.CONFIRMED) {
                born(connection);
            }
            in(seconds(0.2), () -> frame(connection, answer));
        });
    }

    /** From here on the server writes events to this connection. */
    private void born(long connection) {
        long loser = live;
        if (loser == 0) {
            if (kept.isEmpty()) {
                Span outage = new Span(deadSince, now);
                (takenByRival && outage.length() < RIVALS_MOMENT ? takenForAMoment : outages).add(outage);
            }
            takenByRival = false;
        } else {
            handovers++;
            replaced(loser);
        }
        live = connection;
        bornAt = now;
        deafToHeartbeats = false;
    }

    private void replaced(long loser) {
        switch (older) {
            case KICKED_BY_FRAME ->
                in(seconds(0.2), () -> {
                    frame(loser, ControlFrame.KICKED);
                    in(1, () -> input(new Input.Closed(loser, false, true, "closed (1000 Bye)")));
                });
            case KICKED_BY_REASON ->
                in(
                        seconds(0.2),
                        () -> input(new Input.Closed(loser, true, true, "closed (1000 Connected in another place)")));
            case CLOSED_WITHOUT_A_WORD ->
                in(seconds(0.2), () -> input(new Input.Closed(loser, false, true, "closed (1000)")));
            case RESET -> in(seconds(0.2), () -> input(new Input.Closed(loser, false, false, "connection reset")));
            case KEPT -> kept.add(loser);
        }
    }

    /** The server, or the client, is done with a connection. */
    private void dead(long connection) {
        boolean reached = live != 0 || !kept.isEmpty();
        kept.remove((Long) connection);
        if (connection == live) {
            live = 0;
        }
        if (reached && live == 0 && kept.isEmpty()) {
            deadSince = now;
        }
    }

    private boolean answersHeartbeats(long connection) {
        return kept.contains(connection) || (connection == live && live != 0 && !deafToHeartbeats);
    }

    private void heartbeat(long connection) {
        if (!answersHeartbeats(connection)) {
            return;
        }
        in(seconds(0.05), () -> {
            if (answersHeartbeats(connection)) {
                in(seconds(0.05), () -> frame(connection, ControlFrame.HEARTBEAT));
            }
        });
    }

    /** One thing after another goes wrong. */
    private void fault() {
        in(seconds(240), () -> {
            if (calm) {
                return;
            }
            long connection = live;
            switch (random.nextInt(10)) {
                case 0 -> {
                    dead(connection);
                    in(seconds(0.1), () -> input(new Input.Closed(connection, false, true, "closed (1000)")));
                }
                case 1 -> dead(connection); // half-open: events written from here on reach nobody
                case 2 -> {
                    deafToHeartbeats = true;
                    blurred = true;
                    chatter(connection);
                }
                case 3 -> suspend(connection);
                case 4 -> {
                    long jump = seconds(7200) - 3600 * SECOND;
                    offsets.add(new Offset(now, moment().wallNanos() - now + jump));
                    blurred = true;
                    // Any input shows the new time; of two jumps without one in between nobody can know.
                    input(new Input.Opened(0));
                }
                case 5 -> rival(connection);
                case 6, 7 -> input(new Input.Renew("asked for"));
                case 8 -> {
                    input(new Input.Hold("disk: full"));
                    in(seconds(120), () -> input(new Input.Release()));
                }
                default -> {
                    dead(connection);
                    in(0, () -> frame(connection, ControlFrame.REFUSED));
                }
            }
            fault();
        });
    }

    /** Another process takes the subscription, and leaves again unnoticed. */
    private void rival(long connection) {
        dead(connection);
        takenByRival = true;
        in(seconds(0.1), () -> input(new Input.Closed(connection, true, true, "closed (1000)")));
    }

    private void chatter(long connection) {
        if (connection == live && connection != 0 && !calm) {
            lastFrames.put(connection, now);
            in(5 * SECOND, () -> chatter(connection));
        }
    }

    /** The process is stopped for a while and the server cuts meanwhile: what had arrived is read late, in order. */
    private void suspend(long connection) {
        long wake = now + seconds(600);
        long cut = now + (wake - now) / 2;
        blurred = true;
        List<Event> delayed =
                new ArrayList<>(events.stream().filter(e -> e.at() < wake).toList());
        events.removeAll(delayed);
        delayed.forEach(e -> events.add(new Event(wake, e.order(), e.run())));
        if (connection == live && live != 0) {
            dead(connection);
            if (kept.isEmpty()) {
                deadSince = cut;
            }
        }
        events.add(new Event(wake, order++, () -> input(new Input.Closed(connection, false, false, "dropped"))));
    }

    int outages() {
        return outages.size();
    }

    /** How often a rival had the subscription for a moment only, and no gap says so. */
    long hiddenRivals() {
        return takenForAMoment.stream()
                .filter(taken -> byTheWallClock(taken).stream().anyMatch(piece -> !isCovered(piece)))
                .count();
    }

    int handovers() {
        return handovers;
    }

    /** Empty if all is well. */
    String problem() {
        if (machine.status().state() != ConnectionState.READY) {
            return "not ready after half an hour of calm but "
                    + machine.status().line();
        }
        for (Span outage : Stream.concat(outages.stream(), unread.stream()).toList()) {
            for (Span piece : byTheWallClock(outage)) {
                if (!isCovered(piece)) {
                    return "outage " + text(piece) + " is not covered by the gaps "
                            + gaps.stream().map(this::text).toList() + "; older ones are " + older;
                }
            }
        }
        return blurred ? "" : overstated();
    }

    /** What the wall clock showed during an interval of true time. */
    private List<Span> byTheWallClock(Span span) {
        List<Span> pieces = new ArrayList<>();
        for (int i = 0; i < offsets.size(); i++) {
            long end = i + 1 < offsets.size() ? offsets.get(i + 1).from() : Long.MAX_VALUE;
            long from = Math.max(span.from(), offsets.get(i).from());
            long to = Math.min(span.to(), end);
            if (from < to) {
                pieces.add(new Span(
                        from + offsets.get(i).nanos(), to + offsets.get(i).nanos()));
            }
        }
        return pieces;
    }

    private String overstated() {
        for (Span gap : gaps) {
            long missed = Stream.of(outages, takenForAMoment, unread)
                    .flatMap(List::stream)
                    .mapToLong(o -> Math.max(0, Math.min(o.to(), gap.to()) - Math.max(o.from(), gap.from())))
                    .sum();
            if (gap.to() - gap.from() - missed > MOST_OVERSTATED) {
                return "gap " + text(gap) + " is over-stated; the outages are "
                        + outages.stream().map(this::text).toList() + "; older ones are " + older;
            }
        }
        return "";
    }

    private boolean isCovered(Span outage) {
        long point = outage.from();
        boolean advanced = true;
        while (advanced && point < outage.to()) {
            advanced = false;
            for (Span gap : gaps) {
                if (gap.from() <= point && gap.to() > point) {
                    point = gap.to();
                    advanced = true;
                }
            }
        }
        return point >= outage.to();
    }

    private String text(Span span) {
        return (span.from() - START) / 1e9 + ".." + (span.to() - START) / 1e9;
    }
}
