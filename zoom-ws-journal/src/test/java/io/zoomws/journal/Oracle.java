package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * I1, I2 and I4 of the project's invariants, entry by entry: each frame says which run wrote it and at which sequence, so
 * that what must be there is known without having seen it.
 */
final class Oracle {

    private static final Pattern RUN = Pattern.compile("\\\\\"run\\\\\":(\\d+),");
    private static final Pattern OPENED = Pattern.compile("\\{\"epoch\":(\\d+),.*");

    private final long announced;
    private final LongPredicate mayBeLost;
    private long last;
    private long epoch;
    private boolean unsure;

    /** Whether the run that is read has written a frame: notes of the journal from then on are not counted by it. */
    private boolean begun;

    private int notes;

    /** Lost entries of this run, which may have been notes as well. */
    private int lostNotes;

    private final Set<Long> lost = new HashSet<>();

    /**
     * For one journal.
     *
     * @param announced the newest sequence that was called durable: up to it everything must be there
     * @param mayBeLost sequences that a fault hit, for which a quarantine entry may stand
     */
    Oracle(long announced, LongPredicate mayBeLost) {
        this.announced = announced;
        this.mayBeLost = mayBeLost;
    }

    /** The frame that a run writes at a sequence; of many lengths, and not the same in two runs. */
    static String frameAt(long epoch, long sequence) {
        String filler = "x".repeat((int) ((sequence * 7919 + epoch * 104_729) % 3000));
        return Fixtures.frame("{\"event\":\"test.numbered\",\"run\":" + epoch + ",\"event_ts\":" + sequence
                + ",\"filler\":\"" + filler + "\"}");
    }

    /** Reads a whole journal; throws if anything is not as it must be. */
    static Oracle check(Path data, long announced) {
        return check(data, announced, sequence -> false);
    }

    static Oracle check(Path data, long announced, LongPredicate mayBeLost) {
        Oracle oracle = new Oracle(announced, mayBeLost);
        try (JournalReader reader = Journals.openReader(data, "main")) {
            oracle.read(reader);
        }
        if (oracle.last < announced) {
            throw new AssertionError("I1: " + announced + " was announced, the journal ends at " + oracle.last);
        }
        return oracle;
    }

    /** Goes on behind what was read before, up to the visible end. */
    void read(JournalReader reader) {
        try (Tailer tailer = reader.tail(last + 1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                accept(entry);
            }
        }
    }

    long last() {
        return last;
    }

    /** In whose place a quarantine entry stands. */
    Set<Long> lost() {
        return lost;
    }

    void accept(Entry entry) {
        if (entry.sequence() != last + 1) {
            throw new AssertionError("I4: " + entry.sequence() + " follows " + last);
        }
        last = entry.sequence();
        String text = Fixtures.text(entry);
        switch (entry.kind()) {
            case EVENT -> {
                run(group(RUN, text));
                begun = true;
                if (!mayHaveWritten(text)) {
                    throw new AssertionError("I1: sequence " + last + " is not what run " + epoch + " wrote there");
                }
                if (((ZoomEvent) entry).duplicateOf().isPresent()) {
                    throw new AssertionError("sequence " + last + " repeats nothing");
                }
            }
            case OPENED -> {
                long opened = group(OPENED, text);
                if (opened <= epoch) {
                    throw new AssertionError("I4: epoch " + opened + " begins at " + last + " after " + epoch);
                }
                epoch = opened;
                begun = false;
                notes = 0;
                lostNotes = 0;
                unsure = false;
            }
            case CLOSED -> run(Long.parseLong(text.substring("{\"epoch\":".length(), text.length() - 1)));
            case QUARANTINE -> quarantine(text);
            case CONTROL -> {
                if (entry.connection() != 0 || !text.startsWith("{\"note\":\"storing failed\"")) {
                    throw new AssertionError("nobody wrote this at " + last + ": " + text);
                }
                notes++;
            }
            default -> throw new AssertionError("nobody wrote a " + entry.kind() + " at " + last);
        }
    }

    /** What is lost may have been a note, which the run did not count. */
    private boolean mayHaveWritten(String text) {
        for (int more = 0; more <= lostNotes; more++) {
            if (text.equals(frameAt(epoch, last - notes - more))) {
                notes += more;
                lostNotes -= more;
                return true;
            }
        }
        return false;
    }

    private void run(long found) {
        if (found < epoch || found > epoch && !unsure) {
            throw new AssertionError("I4: sequence " + last + " is of run " + found + " and behind one of " + epoch);
        }
        epoch = found;
    }

    /** In the place of a lost entry, or the journal's word about several. */
    private void quarantine(String text) {
        if (text.contains("\"segment\":")) {
            notes += begun ? 1 : 0;
            return;
        }
        if (last <= announced && !mayBeLost.test(last)) {
            throw new AssertionError("I1: " + announced + " was announced, and " + last + " is lost: " + text);
        }
        lost.add(last);
        lostNotes++;
        unsure = true;
    }

    private long group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("nobody wrote this at " + last + ": " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
