package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The stretch of a journal that is to be replayed, fixed when the replay begins. What is asked for and is not there is refused, since
 * a replay that leaves something out without a word is worse than none.
 *
 * @param from its first sequence
 * @param to the sequence behind its last one
 */
record ReplayRange(long from, long to) {

    /**
     * What the user means.
     *
     * @throws ParameterException if it is backwards, or lies in the future or behind the end
     * @throws CommandException if retention has removed a part of it
     */
    static ReplayRange of(Position from, Position to, JournalReader reader, Instant now, CommandLine command)
            throws CommandException {
        requirePast("--from", from, now, command);
        requirePast("--to", to, now, command);
        long earliest = reader.resolve(Position.EARLIEST);
        long latest = reader.resolve(Position.LATEST);
        long first = reader.resolve(from);
        long end = reader.resolve(to);
        requireThere("--from", first, latest, reader, command);
        requireThere("--to", end, latest, reader, command);
        if (first > end || isBackwards(from, to)) {
            throw new ParameterException(
                    command, "--from: " + from + " lies behind --to " + to + ": give an earlier one");
        }
        requireNotRemoved(from, first, earliest, reader);
        return new ReplayRange(first, end);
    }

    /**
     * Where a rebuild begins; by default with the very first entry, which must be there then.
     *
     * @throws ParameterException if it lies in the future or behind the end
     * @throws CommandException if retention has removed what would be forgotten
     */
    static long forRebuild(@Nullable Position from, JournalReader reader, Instant now, CommandLine command)
            throws CommandException {
        long earliest = reader.resolve(Position.EARLIEST);
        if (from == null && earliest > 1) {
            throw new CommandException("the journal of " + reader.subscription() + " begins at sequence " + earliest
                    + ": retention has removed what was before, and a rebuild would forget what came of it; if that is what"
                    + " you want, say --from earliest");
        }
        return of(from == null ? Position.EARLIEST : from, Position.LATEST, reader, now, command)
                .from();
    }

    boolean isEmpty() {
        return from == to;
    }

    private static boolean isBackwards(Position from, Position to) {
        return from instanceof Position.Time one
                && to instanceof Position.Time other
                && one.instant().isAfter(other.instant());
    }

    private static void requirePast(String option, Position position, Instant now, CommandLine command) {
        if (position instanceof Position.Time time && time.instant().isAfter(now)) {
            throw new ParameterException(
                    command,
                    option + ": " + position
                            + " lies in the future, and a replay ends with the newest entry as of its start: give an"
                            + " earlier time");
        }
    }

    private static void requireThere(
            String option, long sequence, long latest, JournalReader reader, CommandLine command) {
        if (sequence > latest) {
            throw new ParameterException(
                    command,
                    option + ": sequence " + sequence + " lies behind the end of the journal of "
                            + reader.subscription() + ", whose newest entry is " + (latest - 1));
        }
    }

    private static void requireNotRemoved(Position from, long first, long earliest, JournalReader reader)
            throws CommandException {
        if (earliest == 1 || !(from instanceof Position.Sequence || from instanceof Position.Time)) {
            return;
        }
        Instant oldest = receivedAt(reader, earliest);
        boolean removed = from instanceof Position.Time time
                ? oldest != null && time.instant().isBefore(oldest)
                : first < earliest;
        if (removed) {
            throw new CommandException("--from: " + from + " lies before the oldest entry of the journal of "
                    + reader.subscription() + ", sequence " + earliest + (oldest == null ? "" : " of " + oldest)
                    + ": retention has removed what was there; replay what is left with --from " + earliest);
        }
    }

    private static @Nullable Instant receivedAt(JournalReader reader, long sequence) {
        try (Tailer tailer = reader.tail(sequence)) {
            Entry entry = tailer.poll();
            return entry == null ? null : entry.receivedAt();
        }
    }
}
