package io.zoomws.camel;

import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer is to do: the options of an endpoint, checked.
 *
 * @param name of the endpoint without options, for what is thrown: Camel says the route
 * @param logName the same with its route, so that two routes on one subscription can be told apart in the log
 * @param subscription whose journal is read
 * @param source where events come from
 * @param cursor the name under which the position is saved, or null
 * @param from where to begin without a saved position
 * @param to where a replay ends
 * @param filter which events
 * @param includeDuplicates whether repeated events are delivered
 * @param includeGaps whether gaps are delivered
 * @param maxInflight how many entries may be under way
 * @param breakOnFirstError whether a failed entry is delivered again
 * @param redeliveryDelay after the first failure
 * @param onLostPosition what to do if the position cannot be used
 * @param standby whether to wait for a cursor that another consumer has
 */
record Plan(
        String name,
        String logName,
        String subscription,
        Source source,
        @Nullable String cursor,
        Position from,
        Position to,
        EventFilter filter,
        boolean includeDuplicates,
        boolean includeGaps,
        int maxInflight,
        boolean breakOnFirstError,
        Duration redeliveryDelay,
        LostPosition onLostPosition,
        boolean standby) {

    /** More would be of no use: no more are handed over beyond the saved position. */
    private static final int MOST_INFLIGHT = Checkpoint.ENTRIES;

    /**
     * Checks what was written.
     *
     * @param route the id of the route, or null if there is none
     * @throws IllegalArgumentException if an option is not allowed; the message names it, its value and what is
     */
    static Plan of(ZoomWsEndpoint endpoint, @Nullable String route) {
        String name = "zoomws:" + endpoint.getSubscription();
        ZoomWsConfiguration options = endpoint.getConfiguration();
        Source source = source(name, options.getSource());
        boolean replay = source == Source.REPLAY;
        String to = options.getTo();
        if (to != null && !replay) {
            throw wrong(name, "to", to, "only source=replay ends; leave it out, or add source=replay");
        }
        if (options.getMaxInflight() < 1 || options.getMaxInflight() > MOST_INFLIGHT) {
            throw wrong(name, "maxInflight", options.getMaxInflight(), "use 1 to " + MOST_INFLIGHT);
        }
        if (options.getRedeliveryDelay() < 1) {
            throw wrong(name, "redeliveryDelay", options.getRedeliveryDelay(), "use 1 ms or more");
        }
        if (options.isStandby() && options.getCursor() == null) {
            throw wrong(name, "standby", true, "what is waited for is a cursor; add cursor=NAME");
        }
        if (options.isStandby() && source == Source.LIVE) {
            throw wrong(name, "standby", true, "a journal has one writer; let the standby read it with source=tail");
        }
        return new Plan(
                name,
                route == null ? name : name + " (route " + route + ")",
                endpoint.getSubscription(),
                source,
                options.getCursor(),
                position(name, "from", options.getFrom(), replay ? Position.EARLIEST : Position.LATEST),
                position(name, "to", to, Position.LATEST),
                filter(name, options.getEvents()),
                options.isIncludeDuplicates(),
                options.isIncludeGaps(),
                options.getMaxInflight(),
                options.isBreakOnFirstError(),
                Duration.ofMillis(options.getRedeliveryDelay()),
                LostPosition.parse(options.getOnLostPosition())
                        .orElseThrow(() -> wrong(
                                name, "onLostPosition", options.getOnLostPosition(), "use stop, earliest or latest")),
                options.isStandby());
    }

    /** Whether reading ends at {@code to}. */
    boolean replay() {
        return source == Source.REPLAY;
    }

    /** One line: where, which option, its value, what is allowed. */
    static IllegalArgumentException wrong(String name, String key, Object value, String allowed) {
        return new IllegalArgumentException(name + ": " + key + "=" + value + " is not allowed: " + allowed);
    }

    private static Source source(String name, String text) {
        return Source.parse(text).orElseThrow(() -> wrong(name, "source", text, "use tail, replay or live"));
    }

    private static Position position(String name, String key, @Nullable String text, Position absent) {
        if (text == null) {
            return absent;
        }
        try {
            // In a URI a plus sign stands for a blank; only the offset of a time can hold one.
            return Position.parse(text.replace(' ', '+'));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    name,
                    key,
                    text,
                    "use earliest, latest, a sequence number from 1, or a time with offset such as 2026-11-23T20:00:00Z");
        }
    }

    private static EventFilter filter(String name, @Nullable String events) {
        if (events == null) {
            return EventFilter.all();
        }
        List<String> globs =
                Arrays.stream(events.split(",", -1)).map(String::strip).toList();
        try {
            return EventFilter.of(globs);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    name,
                    "events",
                    events,
                    "use types separated by commas, with * for any characters: meeting.*,user.created");
        }
    }
}
