package io.zoomws.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the body of an action says: an object of texts, flags and lists of sequences, or nothing at all. Read strictly, since somebody
 * who writes {@code "sequence"} for {@code "sequences"} means something else than nothing.
 */
final class ActionBody {

    private static final int MOST_SEQUENCES = 10_000;

    /** Deeper or longer than anything that is allowed, and not deep or long. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1000)
                    .maxNameLength(1000)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Object> fields;

    private ActionBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Reads the body of a request, whose length was said beforehand and is not large. */
    static ActionBody of(Context request, Collection<String> known) {
        try {
            return parse(request.req().getInputStream().readAllBytes(), known);
        } catch (IOException e) { // it came too slowly, or not at all
            throw new ProblemException(Problem.badRequest("the body ended before its length"));
        }
    }

    /**
     * Reads a body.
     *
     * @param bytes empty: nothing is said
     * @param known names of the fields there may be
     * @throws ProblemException if it is no object, or holds something else; what it holds is not quoted
     */
    static ActionBody parse(byte[] bytes, Collection<String> known) {
        if (bytes.length == 0) {
            return new ActionBody(Map.of());
        }
        try (JsonParser in = FACTORY.createParser(bytes)) {
            Map<String, Object> fields = new HashMap<>();
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw noObject();
            }
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                if (!known.contains(name)) {
                    throw new ProblemException(
                            Problem.badRequest("the fields of the body are: " + String.join(", ", known)));
                }
                in.nextToken();
                fields.put(name, value(in, name));
            }
            if (in.nextToken() != null) {
                throw noObject();
            }
            return new ActionBody(fields);
        } catch (IOException e) {
            throw noObject();
        }
    }

    private static ProblemException noObject() {
        return new ProblemException(Problem.badRequest("the body must be one JSON object"));
    }

    private static Object value(JsonParser in, String name) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> sequences(in, name);
            default -> throw wrong(name);
        };
    }

    private static List<Long> sequences(JsonParser in, String name) throws IOException {
        List<Long> sequences = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || !in.getText().matches("[1-9][0-9]{0,17}")
                    || sequences.size() == MOST_SEQUENCES) {
                throw new ProblemException(Problem.badRequest(
                        "the field " + name + " must hold " + MOST_SEQUENCES + " sequence numbers at most"));
            }
            sequences.add(in.getLongValue());
        }
        return sequences;
    }

    private static ProblemException wrong(String name) {
        return new ProblemException(Problem.badRequest("the field " + name + " of the body is of the wrong type"));
    }

    /** A text, or a number as it was written. */
    Optional<String> text(String name) {
        return of(name, String.class);
    }

    boolean flag(String name) {
        return of(name, Boolean.class).orElse(false);
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        of(name, List.class).ifPresent(list -> {
            for (Object number : list) {
                numbers.add((Long) number);
            }
        });
        return numbers;
    }

    private <T> Optional<T> of(String name, Class<T> type) {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name);
        }
        return Optional.ofNullable(type.cast(value));
    }
}
