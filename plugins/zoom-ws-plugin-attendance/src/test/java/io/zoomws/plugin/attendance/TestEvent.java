package io.zoomws.plugin.attendance;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An event as a map from JSON Pointers to texts. Its id follows from its content, as the journal's do. */
record TestEvent(
        long sequence, String type, Optional<Instant> occurredAt, Instant receivedAt, TreeMap<String, String> fields)
        implements ZoomEvent {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static TestEvent started(String meeting, int minute) {
        return about("meeting.started", meeting, minute).with("start_time", time(minute));
    }

    static TestEvent ended(String meeting, int minute) {
        return about("meeting.ended", meeting, minute).with("end_time", time(minute));
    }

    /** A guest without any id but what Zoom numbers, who is called {@code name}. */
    static TestEvent joined(String meeting, String name, int connection, int minute) {
        return about("meeting.participant_joined", meeting, minute)
                .with("participant/join_time", time(minute))
                .with("participant/user_id", Integer.toString(connection))
                .with("participant/user_name", name)
                .with("participant/email", name.toLowerCase(Locale.ROOT) + "@example.com");
    }

    static TestEvent left(String meeting, String name, int connection, int minute) {
        TestEvent joined = joined(meeting, name, connection, minute);
        return new TestEvent(0, "meeting.participant_left", joined.occurredAt, joined.receivedAt, joined.fields)
                .without("participant/join_time")
                .with("participant/leave_time", time(minute));
    }

    private static TestEvent about(String type, String meeting, int minute) {
        Instant at = NOON.plusSeconds(60L * minute);
        return new TestEvent(0, type, Optional.of(at.plusMillis(812)), at.plusMillis(900), new TreeMap<>())
                .with("uuid", meeting)
                .with("id", "84210075513")
                .with("topic", "Weekly sync")
                .with("host_id", "host")
                .inAccount("acme");
    }

    static String time(int minute) {
        return NOON.plusSeconds(60L * minute).toString();
    }

    /** The same with another text in a field of {@code payload.object}. */
    TestEvent with(String field, String text) {
        return changed("/payload/object/" + field, text);
    }

    TestEvent inAccount(String account) {
        return changed("/payload/account_id", account);
    }

    private TestEvent changed(String pointer, String text) {
        TreeMap<String, String> changed = new TreeMap<>(fields);
        changed.put(pointer, text);
        return new TestEvent(sequence, type, occurredAt, receivedAt, changed);
    }

    TestEvent without(String field) {
        TreeMap<String, String> rest = new TreeMap<>(fields);
        rest.remove("/payload/object/" + field);
        return new TestEvent(sequence, type, occurredAt, receivedAt, rest);
    }

    TestEvent withoutEventTime() {
        return new TestEvent(sequence, type, Optional.empty(), receivedAt, fields);
    }

    TestEvent receivedAt(Instant time) {
        return new TestEvent(sequence, type, occurredAt, time, fields);
    }

    TestEvent at(long newSequence) {
        return new TestEvent(newSequence, type, occurredAt, receivedAt, fields);
    }

    Fact fact() {
        return FactReader.read(this).orElseThrow();
    }

    @Override
    public String id() {
        Map<String, String> content = new HashMap<>(fields);
        return Integer.toHexString(content.hashCode()) + "-" + Integer.toHexString((type + occurredAt).hashCode());
    }

    @Override
    public Optional<String> text(String pointer) {
        return Optional.ofNullable(fields.get(pointer));
    }

    @Override
    public EntryKind kind() {
        return EntryKind.EVENT;
    }

    @Override
    public String subscription() {
        return "main";
    }

    @Override
    public long connection() {
        return 1;
    }

    @Override
    public byte[] payload() {
        return new byte[0];
    }

    @Override
    public OptionalLong duplicateOf() {
        return OptionalLong.empty();
    }

    @Override
    public String json() {
        return "{}";
    }
}
