package io.zoomws.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * One meeting from its creation to its recording: created, started, people join and leave, ended, recording completed. Its
 * ids, names and times agree in all its events, as far as Zoom's own do: the id is text in some and a number in others.
 */
final class Meeting {

    /** The ids under which the captured events know their meetings. */
    private static final List<String> SAMPLE_IDS = List.of("84210075513", "91234567890");

    private static final List<String> SAMPLE_UUIDS =
            List.of("gj+3BbDSuoQ2SQSs/3WKTK==", "Y06zRJ9lcgKth1Ct0KtffS==", "/E+08JglDzZOUFme/HLUc3==");

    /** The participant, and the host, of the captured event. */
    private static final String SAMPLE_USER = "TbQrjjdxUOVw8egSG32ScB";

    private static final List<String> TOPICS =
            List.of("Weekly sync — équipe & 東京 🚀", "Stand-up", "Q1 planning «draft»", "1:1", "Support, tier 2");

    private static final List<String> NAMES =
            List.of("Ada", "Bruno", "Chidi", "Dora", "Émile", "Fatima", "光", "Hanna", "Ivo", "Jill");

    private final Samples samples;
    private final Random random;
    private final String id;
    private final String uuid;
    private final String topic;
    private final Deque<Step> steps = new ArrayDeque<>();

    @FunctionalInterface
    private interface Step {
        Sample sample();
    }

    Meeting(Samples samples, Random random) {
        this.samples = samples;
        this.random = random;
        this.id = Long.toString(80_000_000_000L + (long) (random.nextDouble() * 19_999_999_999L));
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        this.uuid = Base64.getEncoder().encodeToString(bytes);
        this.topic = TOPICS.get(random.nextInt(TOPICS.size()));
        plan();
    }

    private void plan() {
        steps.add(() -> samples.named("meeting.created"));
        steps.add(() -> samples.named("meeting.started"));
        List<Person> present = people();
        for (Person person : present) {
            steps.add(() -> joined(person));
            if (random.nextInt(4) == 0) {
                steps.add(() -> samples.named("meeting.participant_qos").with("user_id", person.userId));
            }
        }
        steps.add(() -> samples.named("recording.started"));
        Collections.shuffle(present, random);
        for (Person person : present) {
            steps.add(() -> left(person));
        }
        steps.add(() -> samples.named("recording.stopped"));
        steps.add(() -> samples.named("meeting.ended"));
        steps.add(() -> samples.named("recording.completed"));
    }

    private List<Person> people() {
        List<Person> people = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        int first = random.nextInt(NAMES.size());
        for (int i = 0; i < count; i++) {
            // As in the captured events, the numbers of participants lie 1024 apart.
            people.add(new Person((first + i) % NAMES.size(), Integer.toString(16_778_240 + 1024 * i)));
        }
        return people;
    }

    boolean isOver() {
        return steps.isEmpty();
    }

    /** What happens next in this meeting. */
    String next(Instant now) {
        Sample sample = steps.remove().sample().at(now).with("topic", topic);
        for (String known : SAMPLE_IDS) {
            sample = sample.replacing(known, id);
        }
        for (String known : SAMPLE_UUIDS) {
            sample = sample.replacing(known, uuid);
        }
        return sample.json();
    }

    private Sample joined(Person person) {
        return samples.named("meeting.participant_joined")
                .with("user_name", NAMES.get(person.name) + " Example")
                .with("email", "person" + person.name + "@example.com")
                .with("user_id", person.userId)
                .with("participant_uuid", device(person))
                .with("customer_key", "customer" + person.name)
                .with("participant_user_id", person.zoomId())
                .replacing("\"id\":\"" + SAMPLE_USER + "\"", "\"id\":\"" + person.zoomId() + "\"");
    }

    /** One for each person and meeting, the same from joining to leaving. */
    private String device(Person person) {
        return UUID.nameUUIDFromBytes((uuid + person.userId).getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    private Sample left(Person person) {
        return Samples.leave(joined(person));
    }

    private record Person(int name, String userId) {

        /** The same in every meeting; guests, every other one, have an empty one. */
        String zoomId() {
            return name % 2 == 0 ? "ExampleUserOfZoom0000" + name : "";
        }
    }
}
