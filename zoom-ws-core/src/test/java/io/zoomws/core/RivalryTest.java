package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers on one subscription, a day long in virtual time: Zoom keeps the newest connection and closes the other. */
class RivalryTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofMinutes(10).toNanos();

    private record Event(long at, long order, Runnable run) {}

    /** One of the two. */
    private final class Client {
        private final ConnectionMachine machine;
        private final Map<String, Long> timers = new HashMap<>();

        Client(Random random) {
            machine = new ConnectionMachine(
                    ConnectionSettings.of(ConnectionSettings.ZOOM, "id"), 1, Optional.empty(), random);
        }

        void input(Input input) {
            for (Action action : machine.on(input, new Moment(now, now))) {
                if (action instanceof Action.FetchToken) {
                    in(SECOND / 5, () -> input(new Input.TokenReceived(tokens.token())));
                } else if (action instanceof Action.Open open) {
                    in(SECOND / 10, () -> connect(this, open.connection()));
                } else if (action instanceof Action.SendHeartbeat heartbeat) {
                    in(SECOND / 20, () -> {
                        if (owner == this && ownersConnection == heartbeat.connection()) {
                            input(new Input.Answered(heartbeat.connection(), ControlFrame.HEARTBEAT));
                        }
                    });
                } else if (action instanceof Action.Schedule schedule) {
                    String key = schedule.timer() + " " + schedule.connection();
                    long version = ++order;
                    timers.put(key, version);
                    in(schedule.delayNanos(), () -> {
                        if (timers.remove(key, version)) {
                            input(new Input.TimerDue(schedule.timer(), schedule.connection(), now, 0));
                        }
                    });
                } else if (action instanceof Action.CancelTimers cancel) {
                    timers.keySet().removeIf(key -> key.endsWith(" " + cancel.connection()));
                }
            }
        }
    }

    private final FakeTokens tokens = new FakeTokens();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Long> changes = new ArrayList<>();
    private boolean bare;
    private long now = 1_000 * SECOND;
    private long order;
    private Client owner;
    private long ownersConnection;

    private void in(long nanos, Runnable run) {
        events.add(new Event(now + nanos, ++order, run));
    }

    private void connect(Client client, long connection) {
        client.input(new Input.Asked(connection));
        client.input(new Input.Opened(connection));
        Client loser = owner;
        long losersConnection = ownersConnection;
        owner = client;
        ownersConnection = connection;
        client.input(new Input.Answered(connection, ControlFrame.CONFIRMED));
        if (loser != null) {
            if (loser != client) {
                changes.add(now);
            }
            in(
                    SECOND / 20,
                    () -> loser.input(new Input.Closed(losersConnection, !bare, true, "closed by Zoom (1000)")));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 6"})
    void changePlacesSeldomWhenKickedByWordAndBoundedlyWhenClosedWithoutOne(boolean withoutAWord, int most) {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            events.clear();
            changes.clear();
            owner = null;
            bare = withoutAWord;
            Client first = new Client(random);
            Client second = new Client(random);
            first.input(new Input.Start());
            in((long) (random.nextDouble() * 3600 * SECOND), () -> second.input(new Input.Start()));
            long end = now + Duration.ofDays(1).toNanos();
            while (!events.isEmpty() && events.peek().at() < end) {
                Event event = events.remove();
                now = event.at();
                event.run().run();
            }
            for (int i = 0; i < changes.size(); i++) {
                long from = changes.get(i);
                assertThat(changes.stream().filter(at -> at >= from && at < from + WINDOW))
                        .as("changes of place within ten minutes, seed %d, at %s", seed, changes)
                        .hasSizeLessThanOrEqualTo(most);
            }
            assertThat(changes).as("both want it").hasSizeGreaterThan(10);
            assertThat(List.of(first, second))
                    .allSatisfy(client -> assertThat(client.machine.status().reconnects())
                            .containsKey(withoutAWord ? ReconnectCause.RIVAL : ReconnectCause.KICKED));
        }
    }
}
