package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parameters of a request, read strictly. What is refused is not quoted: it may be anything. */
final class Parameters {

    private static final int MOST_GLOBS = 50;
    private static final int LONGEST_GLOB = 200;
    private static final int LONGEST_POSITION = 64;

    private final Context request;

    Parameters(Context request) {
        this.request = request;
    }

    Optional<String> text(String name) {
        List<String> values = request.queryParams(name);
        if (values.size() > 1) {
            throw new ProblemException(Problem.badRequest(name + " may be said once only"));
        }
        return values.stream().findFirst();
    }

    /** A number from 1 on. */
    long number(String name, long standard, long highest) {
        return text(name).map(text -> number(name, text, highest)).orElse(standard);
    }

    private static long number(String name, String text, long highest) {
        try {
            long number = text.matches("[0-9]{1,19}") ? Long.parseLong(text) : 0;
            if (number >= 1 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ProblemException(range(name, highest));
        }
        throw new ProblemException(range(name, highest));
    }

    private static Problem range(String name, long highest) {
        return Problem.badRequest(name + " must be a number from 1 to " + highest);
    }

    boolean flag(String name) {
        return text(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new ProblemException(Problem.badRequest(name + " must be true or false"));
                })
                .orElse(false);
    }

    Optional<Position> position(String name) {
        return text(name).map(text -> position(name, text));
    }

    static Position position(String name, String text) {
        return parsed(
                text.length() > LONGEST_POSITION ? "" : text,
                Position::parse,
                name
                        + " must be earliest, latest, a sequence number from 1, or a time with offset such as"
                        + " 2026-11-23T20:00:00Z, whose + is written %2B in an address");
    }

    /** The kinds of entries that are named; empty: none is. */
    Set<EntryKind> kinds(String name) {
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        for (String text : request.queryParams(name)) {
            kinds.add(Arrays.stream(EntryKind.values())
                    .filter(kind -> kind.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.badRequest(name + " must be one of: "
                            + Arrays.stream(EntryKind.values())
                                    .map(EntryKind::label)
                                    .collect(Collectors.joining(", "))))));
        }
        return kinds;
    }

    /** Which events are wanted; all, if none is named. */
    EventFilter events(String name) {
        List<String> globs = request.queryParams(name);
        if (globs.size() > MOST_GLOBS || globs.stream().anyMatch(glob -> glob.length() > LONGEST_GLOB)) {
            throw new ProblemException(Problem.badRequest(
                    name + " may be said " + MOST_GLOBS + " times, with " + LONGEST_GLOB + " characters each"));
        }
        return parsed(
                globs,
                EventFilter::of,
                name + " must be a type of events such as meeting.started, with * for any characters");
    }

    private static <T, R> R parsed(T value, Function<T, R> parser, String allowed) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest(allowed));
        }
    }
}
