package io.zoomws.core;

import io.zoomws.auth.TokenFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A connection's life in virtual time: the machine under test, a network and a server that misbehave at random, and an
 * oracle that knows when the server could in truth reach a client. The client may be suspended: then what happens waits.
 */
final class Simulation {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = 1_000_000 * SECOND;

    /** Something that will happen to the client, unless it is about a socket that is gone. */
    private record Event(long at, long order, Runnable run) {}

    /** An interval; the oracle's or a gap. */
    private record Span(long from, long to) {}

    private final Random random;
    private final FakeTokens tokens = new FakeTokens();
    private final ConnectionMachine machine;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<Timer, Long> timers = new EnumMap<>(Timer.class);
    private final List<Span> outages = new ArrayList<>();
    private final List<Span> gaps = new ArrayList<>();
    private long now = START;
    private long order;
    private long timerVersion;
    private boolean calm;

    // The server's view of the newest connection: the truth.
    private long live;
    private long deadSince = START;
    private boolean mute;
    private boolean deafToHeartbeats;
    private long lastFrame;

    Simulation(long seed) {
        this.random = new Random(seed);
        ConnectionSettings settings = ConnectionSettings.of(ConnectionSettings.ZOOM, "id");
        this.machine = new ConnectionMachine(settings, 1, Optional.of(new Outage(START, "crash")), random);
    }

    /** Lets so many seconds pass with faults, then half an hour without, in which it must recover and stay. */
    void live(int seconds) {
        input(new Input.Start());
        fault();
        run(START + seconds * SECOND);
        calm = true;
        mute = false;
        deafToHeartbeats = false;
        run(now + 1800 * SECOND);
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

    private void input(Input input) {
        // A copy of the moment: virtual wall and monotonic clock run together.
        for (Action action : machine.on(input, new Moment(now, now))) {
            perform(action);
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.FetchToken) {
            fetchToken();
        } else if (action instanceof Action.Open open) {
            open(open.connection());
        } else if (action instanceof Action.SendHeartbeat heartbeat) {
            heartbeat(heartbeat.connection());
        } else if (action instanceof Action.Cut cut) {
            dead(cut.connection(), now);
        } else if (action instanceof Action.Close close) {
            dead(close.connection(), now);
        } else if (action instanceof Action.Schedule schedule) {
            schedule(schedule.timer(), schedule.delayNanos());
        } else if (action instanceof Action.CancelTimers) {
            timers.clear();
        } else if (action instanceof Action.TellGap gap) {
            gaps.add(new Span(gap.fromNanos(), gap.toNanos()));
        }
    }

    private void schedule(Timer timer, long delay) {
        long version = ++timerVersion;
        timers.put(timer, version);
        in(delay, () -> {
            if (timers.remove(timer, version)) {
                input(new Input.TimerDue(timer, lastFrame, START));
            }
        });
    }

    private void fetchToken() {
        boolean fails = !calm && random.nextInt(6) == 0;
        in(
                seconds(fails ? 10 : 2),
                () -> input(
                        fails
                                ? new Input.TokenFailed(new TokenFailure.Unavailable(), "away")
                                : new Input.TokenReceived(tokens.token())));
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
        in(delay + 2, () -> {
            if (answer == ControlFrame.CONFIRMED) {
                born(connection);
            }
            in(seconds(0.2), () -> {
                lastFrame = now;
                input(new Input.Answered(connection, answer));
            });
        });
    }

    /** From here on the server writes events to this connection. */
    private void born(long connection) {
        dead(live, now);
        outages.add(new Span(deadSince, now));
        live = connection;
        mute = false;
        deafToHeartbeats = false;
    }

    private void dead(long connection, long at) {
        if (connection == live && live != 0) {
            live = 0;
            deadSince = at;
        }
    }

    private void heartbeat(long connection) {
        if (connection != live || mute || deafToHeartbeats) {
            return;
        }
        in(seconds(0.05), () -> {
            if (connection == live && !mute) {
                in(seconds(0.05), () -> {
                    lastFrame = now;
                    input(new Input.Answered(connection, ControlFrame.HEARTBEAT));
                });
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
            switch (random.nextInt(5)) {
                case 0 -> {
                    dead(connection, now);
                    in(
                            seconds(0.1),
                            () -> input(new Input.Closed(connection, random.nextInt(4) == 0, "closed (1000)")));
                }
                case 1 -> {
                    // Half-open: events written from here on reach nobody.
                    mute = true;
                    dead(connection, now);
                }
                case 2 -> {
                    deafToHeartbeats = true;
                    chatter(connection);
                }
                case 3 -> suspend(connection);
                default -> {
                    dead(connection, now);
                    in(0, () -> input(new Input.Answered(connection, ControlFrame.REFUSED)));
                }
            }
            fault();
        });
    }

    private void chatter(long connection) {
        if (connection == live && connection != 0 && !calm) {
            lastFrame = now;
            in(5 * SECOND, () -> chatter(connection));
        }
    }

    /** The process is stopped for a while and the server cuts meanwhile: what had arrived is read late, in order. */
    private void suspend(long connection) {
        long wake = now + seconds(600);
        dead(connection, now + (wake - now) / 2);
        List<Event> delayed =
                new ArrayList<>(events.stream().filter(e -> e.at() < wake).toList());
        events.removeAll(delayed);
        delayed.forEach(e -> events.add(new Event(wake, e.order(), e.run())));
        events.add(new Event(wake, order++, () -> input(new Input.Closed(connection, false, "dropped"))));
    }

    int outages() {
        return outages.size();
    }

    /** Empty if all is well. */
    String problem() {
        if (machine.status().state() != ConnectionState.READY) {
            return "not ready after half an hour of calm but "
                    + machine.status().line();
        }
        for (Span outage : outages) {
            if (!isCovered(outage)) {
                return "outage " + text(outage) + " is not covered by the gaps "
                        + gaps.stream().map(this::text).toList();
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
