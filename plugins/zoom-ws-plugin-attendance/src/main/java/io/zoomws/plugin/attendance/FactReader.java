package io.zoomws.plugin.attendance;

import io.zoomws.spi.ZoomEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads facts out of events. Whatever is missing or odd is left out: no event is refused. */
final class FactReader {

    private static final String OBJECT = "/payload/object/";
    private static final String PARTICIPANT = OBJECT + "participant/";

    /** What both databases can hold, and what a meeting can plausibly have; anything else counts as no time. */
    private static final Instant OLDEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant NEWEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private FactReader() {}

    /** The fact in an event; empty if it says nothing about attendance, or does not say of which meeting. */
    static Optional<Fact> read(ZoomEvent event) {
        return Fact.Kind.of(event.type()).flatMap(kind -> meeting(event).map(meeting -> fact(event, kind, meeting)));
    }

    private static Optional<MeetingKey> meeting(ZoomEvent event) {
        String account = event.accountId().flatMap(SqlText::id).orElse("");
        return id(event, OBJECT + "uuid")
                .or(() -> id(event, OBJECT + "id").flatMap(id -> SqlText.id("id:" + id)))
                .map(uuid -> new MeetingKey(account, uuid));
    }

    private static Fact fact(ZoomEvent event, Fact.Kind kind, MeetingKey meeting) {
        boolean ofPerson = kind == Fact.Kind.JOINED || kind == Fact.Kind.LEFT;
        return new Fact(
                SqlText.id(event.id()).orElse(""),
                meeting,
                kind,
                at(event, kind),
                ofPerson ? null : time(event, OBJECT + "start_time").orElse(null),
                id(event, OBJECT + "id").orElse(null),
                text(event, OBJECT + "topic").orElse(null),
                id(event, OBJECT + "host_id").orElse(null),
                ofPerson ? id(event, PARTICIPANT + "user_id").orElse(null) : null,
                ofPerson ? id(event, PARTICIPANT + "participant_uuid").orElse(null) : null,
                ofPerson ? person(event) : null,
                ofPerson ? text(event, PARTICIPANT + "user_name").orElse(null) : null,
                ofPerson ? text(event, PARTICIPANT + "email").orElse(null) : null);
    }

    /** The time that the event is about; else when Zoom says that it happened; else when the journal received it. */
    private static Instant at(ZoomEvent event, Fact.Kind kind) {
        String field =
                switch (kind) {
                    case STARTED -> OBJECT + "start_time";
                    case ENDED -> OBJECT + "end_time";
                    case JOINED -> PARTICIPANT + "join_time";
                    case LEFT -> PARTICIPANT + "leave_time";
                };
        return time(event, field)
                .or(() -> event.occurredAt().flatMap(FactReader::storable))
                .or(() -> storable(event.receivedAt()))
                .orElse(OLDEST);
    }

    private static Optional<Instant> time(ZoomEvent event, String pointer) {
        return event.text(pointer).flatMap(text -> {
            try {
                return storable(OffsetDateTime.parse(text.strip()).toInstant());
            } catch (DateTimeException notATime) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Instant> storable(Instant time) {
        return Optional.of(time.truncatedTo(ChronoUnit.MILLIS))
                .filter(millis -> !millis.isBefore(OLDEST) && !millis.isAfter(NEWEST));
    }

    /** The surest id that the event has. Guests have empty ones. */
    private static Person person(ZoomEvent event) {
        return Stream.of(
                        named(event, Person.Kind.USER, List.of("participant_user_id", "id")),
                        named(event, Person.Kind.REGISTRANT, List.of("registrant_id")),
                        event.text(PARTICIPANT + "email")
                                .flatMap(email -> SqlText.id(email.toLowerCase(Locale.ROOT)))
                                .map(email -> new Person(Person.Kind.EMAIL, email)),
                        named(event, Person.Kind.CUSTOMER, List.of("customer_key")),
                        named(event, Person.Kind.PARTICIPANT, List.of("participant_uuid")),
                        named(event, Person.Kind.CONNECTION, List.of("user_id")),
                        named(event, Person.Kind.NAME, List.of("user_name")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(new Person(Person.Kind.UNKNOWN, ""));
    }

    private static Optional<Person> named(ZoomEvent event, Person.Kind kind, List<String> fields) {
        return fields.stream()
                .flatMap(field -> id(event, PARTICIPANT + field).stream())
                .findFirst()
                .map(id -> new Person(kind, id));
    }

    private static Optional<String> id(ZoomEvent event, String pointer) {
        return event.text(pointer).flatMap(SqlText::id);
    }

    private static Optional<String> text(ZoomEvent event, String pointer) {
        return event.text(pointer).flatMap(SqlText::of);
    }
}
