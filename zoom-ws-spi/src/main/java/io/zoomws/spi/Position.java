package io.zoomws.spi;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/** A place in a journal, as users write it: {@code earliest}, {@code latest}, a sequence number or an ISO-8601 time. */
public sealed interface Position {

    /** The oldest entry that the journal still holds. */
    Position EARLIEST = new Earliest();

    /** Behind the newest durable entry at the moment of asking. */
    Position LATEST = new Latest();

    /**
     * Reads what a user wrote.
     *
     * @param text {@code earliest}, {@code latest}, a sequence number from 1, or an ISO-8601 time with offset such as
     *     {@code 2026-11-23T20:00:00Z}
     * @return the position
     * @throws IllegalArgumentException if it is none of these; the message says what is allowed
     */
    static Position parse(String text) {
        Objects.requireNonNull(text, "text");
        return switch (text) {
            case "earliest" -> EARLIEST;
            case "latest" -> LATEST;
            default -> parseNumberOrTime(text);
        };
    }

    private static Position parseNumberOrTime(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new Sequence(Long.parseLong(text));
            }
            return new Time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no position: use earliest, latest, a sequence number from 1,"
                            + " or a time with offset such as 2026-11-23T20:00:00Z",
                    e);
        }
    }

    /** The oldest entry that the journal still holds; use {@link Position#EARLIEST}. */
    record Earliest() implements Position {
        @Override
        public String toString() {
            return "earliest";
        }
    }

    /** Behind the newest durable entry; use {@link Position#LATEST}. */
    record Latest() implements Position {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /**
     * The entry with a certain sequence number.
     *
     * @param number from 1
     */
    record Sequence(long number) implements Position {
        /**
         * Refuses numbers below 1.
         *
         * @param number from 1
         */
        public Sequence {
            if (number < 1) {
                throw new IllegalArgumentException("A sequence number is 1 or more, not " + number);
            }
        }

        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /**
     * The first entry received at or after an instant.
     *
     * @param instant compared with {@link Entry#receivedAt()}
     */
    record Time(Instant instant) implements Position {
        /**
         * Refuses null.
         *
         * @param instant not null
         */
        public Time {
            Objects.requireNonNull(instant, "instant");
        }

        @Override
        public String toString() {
            return instant.toString();
        }
    }
}
