package io.zoomws.testkit;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.zoomws.simulator.SampleEvents;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An event made in a test, which answers as one of the journal does.
 *
 * <pre>{@code
 * TestEvent.sample("meeting.participant_joined")
 *         .with("/payload/object/participant/user_name", "Ada")
 *         .with("/payload/object/participant/id", "")        // a guest
 *         .without("/payload/object/topic")
 * }</pre>
 *
 * <p>{@link #id()} differs from the journal's, but is as good: the same for the same text.
 */
public final class TestEvent implements TestEntry, ZoomEvent {

    private static final JsonPointer TYPE = JsonPointer.compile("/event");
    private static final JsonPointer TIME = JsonPointer.compile("/event_ts");

    /** Of events that do not say when they happened. */
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T10:00:00Z");

    private static final Duration LAG = Duration.ofMillis(100);

    private final String json;
    private final String type;
    private final Optional<Instant> occurredAt;
    private final Place place;

    private record Place(long sequence, @Nullable Instant receivedAt, OptionalLong duplicateOf) {}

    private TestEvent(String json, Place place) {
        try {
            String found = JsonText.findString(json, TYPE);
            if (found == null) {
                throw new IllegalArgumentException("this is no event: it has no text in its field event");
            }
            type = found;
            occurredAt = time(JsonText.find(json, TIME));
        } catch (IOException e) {
            throw new IllegalArgumentException("this is no event: it is no JSON object", e);
        }
        this.json = json;
        this.place = place;
    }

    /**
     * An event as written.
     *
     * @param json a JSON object with a text in its field {@code event}, and nothing behind it
     * @return the event, with {@link #json()} exactly as given
     * @throws IllegalArgumentException if it is none
     */
    public static TestEvent of(String json) {
        return new TestEvent(json, new Place(1, null, OptionalLong.empty()));
    }

    /**
     * An event as Zoom sends it, with people and ids that are made up.
     *
     * @param type such as {@code meeting.started}; {@link SampleEvents#types()} has all
     * @return the event
     * @throws IllegalArgumentException if there is no sample of this type
     */
    public static TestEvent sample(String type) {
        String json = SampleEvents.json(type);
        if (json == null) {
            throw new IllegalArgumentException("there is no sample of '" + type + "': use one of "
                    + SampleEvents.types() + ", or TestEvent.of(json)");
        }
        return of(json);
    }

    /**
     * The same with another text in a field. Objects on the way to the field are made if need be.
     *
     * @param pointer a JSON Pointer, such as {@code /payload/object/topic}
     * @param text from now on
     * @return a copy, whose JSON is written anew
     * @throws IllegalArgumentException if the pointer is malformed, or a text or number is in the way
     */
    public TestEvent with(String pointer, String text) {
        return with(pointer, TextNode.valueOf(text));
    }

    /**
     * The same with another number in a field.
     *
     * @param pointer as above; {@code /event_ts} is when the event happened
     * @param number from now on
     * @return a copy, whose JSON is written anew
     * @throws IllegalArgumentException as above
     */
    public TestEvent with(String pointer, long number) {
        return with(pointer, LongNode.valueOf(number));
    }

    /**
     * The same with another truth value in a field.
     *
     * @param pointer as above
     * @param value from now on
     * @return a copy, whose JSON is written anew
     * @throws IllegalArgumentException as above
     */
    public TestEvent with(String pointer, boolean value) {
        return with(pointer, BooleanNode.valueOf(value));
    }

    /**
     * The same with another value of any kind in a field.
     *
     * @param pointer as above
     * @param value such as {@code null}, {@code 1.50} or an array
     * @return a copy, whose JSON is written anew
     * @throws IllegalArgumentException as above, or if the value is no JSON
     */
    public TestEvent withJson(String pointer, String value) {
        return with(pointer, JsonEdit.tree(value));
    }

    private TestEvent with(String pointer, JsonNode value) {
        return new TestEvent(JsonEdit.set(json, pointer, value), place);
    }

    /**
     * The same without a field.
     *
     * @param pointer as above; nothing happens if there is none
     * @return a copy, whose JSON is written anew
     * @throws IllegalArgumentException if the pointer is malformed, or the field is {@code event}
     */
    public TestEvent without(String pointer) {
        return new TestEvent(JsonEdit.remove(json, pointer), place);
    }

    @Override
    public TestEvent withSequence(long sequence) {
        return new TestEvent(json, new Place(sequence, place.receivedAt, place.duplicateOf));
    }

    /**
     * The same, received at another time. Unless told, an event was received 100 ms after it happened.
     *
     * @param time when
     * @return a copy
     */
    public TestEvent withReceivedAt(Instant time) {
        return new TestEvent(json, new Place(place.sequence, time, place.duplicateOf));
    }

    /**
     * The same, marked as a repetition: handlers do not see it.
     *
     * @param first the sequence of the event that it repeats
     * @return a copy
     */
    public TestEvent asDuplicateOf(long first) {
        return new TestEvent(json, new Place(place.sequence, place.receivedAt, OptionalLong.of(first)));
    }

    @Override
    public long sequence() {
        return place.sequence;
    }

    @Override
    public EntryKind kind() {
        return EntryKind.EVENT;
    }

    @Override
    public Instant receivedAt() {
        return place.receivedAt == null ? occurredAt.orElse(SOME_TIME).plus(LAG) : place.receivedAt;
    }

    @Override
    public long connection() {
        return 1;
    }

    /** The frame in which Zoom would send it. */
    @Override
    public byte[] payload() {
        return JsonText.object("module", "message", "content", json).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Optional<Instant> occurredAt() {
        return occurredAt;
    }

    @Override
    public OptionalLong duplicateOf() {
        return place.duplicateOf;
    }

    @Override
    public String json() {
        return json;
    }

    @Override
    public Optional<String> text(String pointer) {
        JsonPointer compiled = JsonPointer.compile(pointer);
        try {
            return Optional.ofNullable(JsonText.find(json, compiled));
        } catch (IOException e) {
            throw new IllegalStateException("it was JSON when it was made", e);
        }
    }

    private static Optional<Instant> time(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        } catch (NumberFormatException notMillis) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException notATime) {
                return Optional.empty();
            }
        }
    }

    /** Type and place, as what the host hands out has a text without its content. */
    @Override
    public String toString() {
        return type + " " + sequence();
    }
}
