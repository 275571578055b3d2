package io.zoomws.server.cli;

import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose a stretch of a journal. */
final class RangeOptions {

    @Option(
            names = "--from",
            paramLabel = "P",
            description = "First entry: earliest (default), latest, a sequence number or an ISO-8601 time.")
    private Position from = Position.EARLIEST;

    @Option(names = "--to", paramLabel = "P", description = "Stop before this entry; default: latest.")
    private @Nullable Position to;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /**
     * A stretch of a journal.
     *
     * @param from its first sequence
     * @param to the sequence behind its last one
     */
    record Range(long from, long to) {}

    /** Whether the end was left open. */
    boolean isOpenEnded() {
        return to == null;
    }

    /** The stretch that the user means, up to the newest entry as of now at most. */
    Range resolve(JournalReader reader) {
        long latest = reader.resolve(Position.LATEST);
        Range asked = resolve(reader, latest, latest);
        return new Range(asked.from(), Math.min(asked.to(), latest));
    }

    /** The stretch that the user means, with entries that are still to come. */
    Range resolveFollowing(JournalReader reader) {
        return resolve(reader, reader.resolve(Position.LATEST), Long.MAX_VALUE);
    }

    private Range resolve(JournalReader reader, long latest, long openEnd) {
        long first = reader.resolve(from);
        Position last = to;
        if (last == null) {
            return new Range(first, openEnd);
        }
        long end = reader.resolve(last);
        // Two times that are still to come resolve to the same sequence.
        boolean backwards = (from instanceof Position.Time one && last instanceof Position.Time other)
                ? one.instant().isAfter(other.instant())
                : first > end && (end < latest || last instanceof Position.Sequence);
        if (backwards) {
            throw new ParameterException(
                    command.commandLine(), "--from: " + from + " lies behind --to " + last + ": give an earlier one");
        }
        return new Range(first, end);
    }
}
