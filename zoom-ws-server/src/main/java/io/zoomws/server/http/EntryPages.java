package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Answers {@code /api/v1/events}. A page is bounded by a number of entries, by characters, and by the time that is spent on looking for
 * what is rare: it may hold less than was asked for, or nothing, and still say where the next one begins.
 */
final class EntryPages {

    static final List<String> PARAMETERS = parameters();

    private static final int STANDARD_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;
    private static final long MOST_CHARACTERS = 4 << 20;
    private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();

    private final Subscriptions subscriptions;
    private final LongSupplier nanoTime;
    private final long mostCharacters;

    EntryPages(Subscriptions subscriptions, LongSupplier nanoTime) {
        this(subscriptions, nanoTime, MOST_CHARACTERS);
    }

    EntryPages(Subscriptions subscriptions, LongSupplier nanoTime, long mostCharacters) {
        this.subscriptions = subscriptions;
        this.nanoTime = nanoTime;
        this.mostCharacters = mostCharacters;
    }

    private static List<String> parameters() {
        List<String> names = new ArrayList<>(List.of("subscription", "from", "before", "limit"));
        names.addAll(EntryChoice.PARAMETERS);
        return List.copyOf(names);
    }

    byte[] answer(Context request) {
        Parameters parameters = new Parameters(request);
        HttpSources.Subscription subscription = subscriptions.choose(parameters.text("subscription"));
        EntryChoice choice = EntryChoice.of(parameters, Caller.of(request));
        int limit = (int) parameters.number("limit", STANDARD_LIMIT, HIGHEST_LIMIT);
        Optional<Position> from = parameters.position("from");
        Optional<Position> before = parameters.position("before");
        if (from.isPresent() && before.isPresent()) {
            throw new ProblemException(Problem.badRequest("from and before exclude each other"));
        }
        JournalReader reader = subscription.reader();
        Page page = new Page(limit, mostCharacters);
        OptionalLong next = before.isPresent()
                ? backwards(reader, choice, reader.resolve(before.get()), limit, page)
                : forwards(reader, choice, reader.resolve(from.orElse(Position.EARLIEST)), page);
        return json(subscription.name(), page, next);
    }

    /** Fills a page, and answers with which sequence the next one begins; empty at the end of the journal. */
    private OptionalLong forwards(JournalReader reader, EntryChoice choice, long from, Page page) {
        long end = reader.resolve(Position.LATEST);
        long begun = nanoTime.getAsLong();
        long next = from;
        try (Tailer tailer = choice.tail(reader, from)) {
            while (next < end && !page.isFull() && nanoTime.getAsLong() - begun < LONGEST_NANOS) {
                Entry entry = tailer.poll();
                if (entry != null && choice.wants(entry) && !page.addLast(row(choice, entry))) {
                    return OptionalLong.of(entry.sequence());
                }
                next = tailer.position();
            }
        }
        return next < end ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** Fills a page from its end, and answers before which sequence the one before it ends; empty at the beginning. */
    private OptionalLong backwards(JournalReader reader, EntryChoice choice, long before, int limit, Page page) {
        long earliest = reader.resolve(Position.EARLIEST);
        long begun = nanoTime.getAsLong();
        BackwardWindow window = new BackwardWindow(earliest, Math.min(before, reader.resolve(Position.LATEST)), limit);
        while (!window.isAtBeginning() && nanoTime.getAsLong() - begun < LONGEST_NANOS) {
            if (!window.settle(start -> firstSequence(reader, start))) {
                continue;
            }
            Page found = new Page(limit, mostCharacters);
            read(reader, choice, window.from(), window.to(), found);
            boolean whole = page.prepend(found);
            if (!whole || page.isFull()) {
                long first = page.firstSequence(window.to());
                return first > earliest ? OptionalLong.of(first) : OptionalLong.empty();
            }
            window.next();
        }
        return window.isAtBeginning() ? OptionalLong.empty() : OptionalLong.of(window.to());
    }

    private static void read(JournalReader reader, EntryChoice choice, long from, long to, Page page) {
        try (Tailer tailer = choice.tail(reader, from)) {
            while (tailer.position() < to) {
                Entry entry = tailer.poll();
                if (entry != null && entry.sequence() < to && choice.wants(entry)) {
                    page.push(row(choice, entry));
                }
            }
        }
    }

    /** The sequence of the first entry at or after one; it is a higher one only where a journal was restored. */
    private static long firstSequence(JournalReader reader, long start) {
        try (Tailer tailer = reader.tail(start)) {
            Entry entry = tailer.poll();
            return entry == null ? tailer.position() : entry.sequence();
        }
    }

    private static Page.Row row(EntryChoice choice, Entry entry) {
        return new Page.Row(entry.sequence(), choice.json(entry));
    }

    private static byte[] json(String subscription, Page page, OptionalLong next) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("subscription", subscription);
            out.writeArrayFieldStart("events");
            for (Page.Row row : page.rows()) {
                out.writeRawValue(row.json());
            }
            out.writeEndArray();
            out.writeFieldName("next");
            if (next.isPresent()) {
                out.writeNumber(next.getAsLong());
            } else {
                out.writeNull();
            }
            out.writeEndObject();
        });
    }
}
