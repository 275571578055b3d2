package io.zoomws.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens in a simulated account: several meetings at a time, and now and then something else (a call, a chat message,
 * a changed user). Each event is different from every other. The seed decides all but the times.
 */
final class Story implements EventSource {

    private static final int MEETINGS_AT_A_TIME = 3;
    private static final int MEETING_STEPS_IN_TEN = 8;
    private static final int LARGE_ONE_IN = 500;

    /** Told by meetings; or sent by hand only, since no WebSocket carries it; or sent rarely. */
    private static final List<String> NOT_BY_THE_WAY = List.of(
            "meeting.created",
            "meeting.started",
            "meeting.participant_joined",
            "meeting.participant_qos",
            "meeting.ended",
            "recording.started",
            "recording.stopped",
            "recording.completed",
            "endpoint.url_validation",
            "meeting.participant_qos.large_75k");

    private final InstantSource clock;
    private final Random random;
    private final Samples samples = Samples.load();
    private final List<Sample> others = samples.except(NOT_BY_THE_WAY);
    private final List<Meeting> meetings = new ArrayList<>();
    private long lastMillis;

    Story(long seed, InstantSource clock) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    @Override
    public String next() {
        if (random.nextInt(LARGE_ONE_IN) == 0) {
            return byTheWay(samples.named("meeting.participant_qos.large_75k"));
        }
        if (random.nextInt(10) >= MEETING_STEPS_IN_TEN) {
            return byTheWay(others.get(random.nextInt(others.size())));
        }
        while (meetings.size() < MEETINGS_AT_A_TIME) {
            meetings.add(new Meeting(samples, random));
        }
        Meeting meeting = meetings.get(random.nextInt(meetings.size()));
        String event = meeting.next(clock.instant());
        if (meeting.isOver()) {
            meetings.remove(meeting);
        }
        return event;
    }

    /** Only the time makes these differ, so no two may happen in one millisecond. */
    private String byTheWay(Sample sample) {
        lastMillis = Math.max(lastMillis + 1, clock.millis());
        return sample.at(Instant.ofEpochMilli(lastMillis)).json();
    }
}
