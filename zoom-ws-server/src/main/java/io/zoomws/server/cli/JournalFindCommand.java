package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.StopRequest;
import io.zoomws.server.find.EntrySearch;
import io.zoomws.server.find.MissedIn;
import io.zoomws.server.find.SearchText;
import io.zoomws.server.json.JsonText;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers whether an event has arrived. */
@Command(
        name = "find",
        description = {
            "Answers whether an event has arrived: prints each entry that holds a text, and where in it (a JSON Pointer into an"
                    + " event's content), but not the content: 'journal cat --from N --to N+1' shows that. The text may be the"
                    + " number of a meeting, its UUID (also encoded for a URL, once or twice), the id or address of a"
                    + " user, the id that the journal gives an event, or anything else. If it is nowhere, what was searched"
                    + " is said, and each gap in which it may have been missed. Exit status 0 if it was found, 1 if not.",
            "",
            "With --format json each entry is an object with the keys sequence, kind, receivedAt, subscription, id and event (of"
                    + " an event only) and where (an array). The last object is of kind searched, with subscription,"
                    + " fromSequence, toSequence, firstReceivedAt, lastReceivedAt, found, complete (false if the limit was"
                    + " reached), and, if nothing was found, quarantined (entries that are damaged) and gaps (each with from,"
                    + " to, null if it is still open, seconds, cause and category)."
        })
final class JournalFindCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TEXT", description = "What to look for.")
    private String text = "";

    @Option(
            names = {"-i", "--ignore-case"},
            description = "Take capital letters for small ones, as in addresses.")
    private boolean ignoreCase;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many entries; default: all.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Mixin
    private final EntryOptions entries = new EntryOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    JournalFindCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        EntrySearch search = new EntrySearch(wanted(), JsonText.factory());
        JournalOptions.Choice choice = journal.choose();
        FindPrinter printer =
                switch (format) {
                    case text -> new FindText(streams.data());
                    case json -> new FindLines(streams.data(), choice.subscription());
                };
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            RangeOptions.Range range = entries.range().resolve(reader);
            long found = print(reader, range, search, printer);
            tell(reader, range, found, choice, printer);
            return found > 0 ? ExitStatus.DONE : ExitStatus.FAILED;
        }
    }

    private SearchText wanted() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: " + limit + " is too small: use 1 or more");
        }
        try {
            return SearchText.of(text, ignoreCase);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "TEXT: " + e.getMessage(), e);
        }
    }

    private long print(JournalReader reader, RangeOptions.Range range, EntrySearch search, FindPrinter printer)
            throws IOException, CommandException {
        Predicate<Entry> filter = entries.filter();
        long found = 0;
        try (Tailer tailer = entries.tail(reader, range.from())) {
            while (tailer.position() < range.to() && found < limit) {
                if (stop.isRequested()) {
                    throw new CommandException("stopped before the end of the journal");
                }
                Entry entry = tailer.poll();
                if (entry == null) {
                    continue;
                }
                if (entry.sequence() >= range.to()) {
                    break;
                }
                // In this order: to know its type an event has to be parsed.
                List<String> places = search.places(entry);
                if (!places.isEmpty() && filter.test(entry)) {
                    printer.print(entry, places);
                    found++;
                }
            }
        }
        return found;
    }

    private void tell(
            JournalReader reader,
            RangeOptions.Range range,
            long found,
            JournalOptions.Choice choice,
            FindPrinter printer)
            throws IOException {
        Optional<Entry> first = range.from() < range.to() ? entryAt(reader, range.from()) : Optional.empty();
        long newest = Journals.summary(choice.data(), choice.subscription()).lastSequence();
        long to = Math.min(range.to() - 1, newest);
        Optional<Instant> last = first.flatMap(entry -> entryAt(reader, to)).map(Entry::receivedAt);
        MissedIn missed = new MissedIn(List.of(), 0);
        Optional<OpenGap> open = Optional.empty();
        if (found == 0) {
            missed = MissedIn.of(reader, range.from(), range.to(), last.orElse(Instant.MIN));
            open = entries.range().isOpenEnded()
                    ? Journals.openGap(choice.data(), choice.subscription())
                    : Optional.empty();
        }
        FindPrinter.Searched searched = new FindPrinter.Searched(
                first.map(Entry::sequence).orElse(range.from()),
                to,
                first.map(Entry::receivedAt),
                last,
                found,
                found < limit);
        printer.printSearched(searched, missed, open, Clock.systemUTC().instant());
    }

    private static Optional<Entry> entryAt(JournalReader reader, long sequence) {
        try (Tailer tailer = reader.tail(sequence)) {
            return Optional.ofNullable(tailer.poll());
        }
    }
}
