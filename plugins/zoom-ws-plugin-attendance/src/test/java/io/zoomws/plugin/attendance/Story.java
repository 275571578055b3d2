package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Meetings as a random generator tells them: people with and without ids, devices, rooms, repeated and missing events. */
final class Story {

    private static final List<String> NAMES = List.of("Ada", "Bruno\0", "Émile", "光", "Ivo 🚀");

    private final Random random;
    private final List<TestEvent> events = new ArrayList<>();
    private int connection = 16_778_240;

    private Story(long seed) {
        this.random = new Random(seed);
    }

    /** What a journal might hold, in no particular order: some events never came, some came twice. Sequences are 1 to n. */
    static List<TestEvent> journal(long seed) {
        return journal(seed, 3);
    }

    static List<TestEvent> journal(long seed, int meetings) {
        Story story = new Story(seed);
        IntStream.rangeClosed(1, meetings).forEach(story::meeting);
        List<TestEvent> journal = new ArrayList<>();
        for (TestEvent event : story.events) {
            for (int copies = List.of(0, 1, 1, 1, 1, 2).get(story.random.nextInt(6)); copies > 0; copies--) {
                journal.add(event.receivedAt(event.receivedAt().plusMillis(story.random.nextInt(5000))));
            }
        }
        Collections.shuffle(journal, story.random);
        return LongStream.rangeClosed(1, journal.size())
                .mapToObj(sequence -> journal.get((int) sequence - 1).at(sequence))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The facts of one meeting, each once. */
    static List<Fact> facts(long seed) {
        return journal(seed, 1).stream()
                .flatMap(event -> FactReader.read(event).stream())
                .collect(Collectors.toMap(Fact::eventId, fact -> fact, Fact::earlier))
                .values()
                .stream()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void meeting(int number) {
        String uuid = "meeting" + number + "/==";
        events.add(TestEvent.started(uuid, 0));
        int people = 1 + random.nextInt(5);
        for (int person = 0; person < people; person++) {
            for (int visits = 1 + random.nextInt(3); visits > 0; visits--) {
                visit(uuid, person);
            }
        }
        events.add(TestEvent.ended(uuid, 60 + random.nextInt(3)));
        events.add(TestEvent.joined(uuid, "Noise", 1, 1).with("uuid", "").with("id", ""));
    }

    /** One device, which may go to other rooms; visits of a person may overlap. */
    private void visit(String meeting, int person) {
        int minute = random.nextInt(50);
        String device = "device" + connection;
        for (int rooms = 1 + random.nextInt(3); rooms > 0; rooms--) {
            int until = minute + random.nextInt(10);
            connection += 1024;
            events.add(odd(who(TestEvent.joined(meeting, NAMES.get(person), connection, minute), person, device)));
            events.add(odd(who(TestEvent.left(meeting, NAMES.get(person), connection, until), person, device)));
            minute = until;
        }
    }

    /** The first is a user of Zoom, the second has a device that is known, others only what they typed. */
    private TestEvent who(TestEvent event, int person, String device) {
        return switch (person) {
            case 0 ->
                event.with("participant/participant_user_id", "user0").with("participant/participant_uuid", device);
            case 1 -> event.with("participant/participant_uuid", device).without("participant/email");
            case 2 -> event.without("participant/user_id");
            default -> event;
        };
    }

    private TestEvent odd(TestEvent event) {
        return switch (random.nextInt(12)) {
            case 0 -> event.without("participant/email");
            case 1 -> event.with("topic", "Weekly sync (moved)");
            case 2 -> event.without("participant/join_time").without("participant/leave_time");
            case 3 ->
                event.without("participant/join_time")
                        .without("participant/leave_time")
                        .withoutEventTime()
                        .receivedAt(Instant.parse("2026-03-02T12:20:00.123456Z"));
            default -> event;
        };
    }
}
