package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who was in one meeting. A function of the set of its facts: the same set, in whatever order, gives equal rows.
 *
 * @param visits by person, then by time
 */
record Attendance(Meeting meeting, List<Visit> visits) {

    /**
     * Derives the rows.
     *
     * @param facts all that is known of this meeting, each once
     */
    static Attendance of(MeetingKey key, Collection<Fact> facts) {
        List<Fact> sorted = facts.stream().sorted(Fact.BY_TIME).toList();
        Meeting meeting = new Meeting(
                key,
                last(sorted, Fact::meetingId),
                last(sorted, Fact::topic),
                last(sorted, Fact::hostId),
                started(sorted),
                of(sorted, Fact.Kind.ENDED)
                        .map(Fact::at)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
        return new Attendance(meeting, visits(meeting, sorted));
    }

    /** An event about the start is believed before one about the end. */
    private static @Nullable Instant started(List<Fact> facts) {
        return of(facts, Fact.Kind.STARTED)
                .map(Fact::at)
                .min(Comparator.naturalOrder())
                .or(() -> of(facts, Fact.Kind.ENDED)
                        .flatMap(fact -> Stream.ofNullable(fact.startedAt()))
                        .min(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static List<Visit> visits(Meeting meeting, List<Fact> facts) {
        List<Fact> aboutPeople =
                facts.stream().filter(fact -> fact.person() != null).toList();
        People people = new People(aboutPeople);
        TreeMap<Person, List<Fact>> byPerson = new TreeMap<>();
        for (Fact fact : aboutPeople) {
            byPerson.computeIfAbsent(people.of(fact), person -> new ArrayList<>())
                    .add(fact);
        }
        List<Visit> visits = new ArrayList<>();
        byPerson.forEach((person, theirs) -> visits.addAll(visits(meeting, person, theirs)));
        return List.copyOf(visits);
    }

    private static List<Visit> visits(Meeting meeting, Person person, List<Fact> facts) {
        String name = last(facts, Fact::name);
        String email = last(facts, Fact::email);
        List<Visit> visits = new ArrayList<>();
        for (Span span : PersonSpans.of(facts, meeting.endedAt())) {
            visits.add(new Visit(
                    meeting.key(),
                    person.text(),
                    visits.size() + 1,
                    meeting.meetingId(),
                    meeting.topic(),
                    name,
                    email,
                    span.from(),
                    span.to(),
                    span.inferred()));
        }
        return visits;
    }

    private static Stream<Fact> of(List<Fact> facts, Fact.Kind kind) {
        return facts.stream().filter(fact -> fact.kind() == kind);
    }

    /** Topics and names change: what was said last holds. */
    private static @Nullable String last(List<Fact> facts, Function<Fact, @Nullable String> field) {
        String last = null;
        for (Fact fact : facts) {
            String value = field.apply(fact);
            last = value != null ? value : last;
        }
        return last;
    }
}
