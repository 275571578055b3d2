package io.zoomws.server.gaps;

import io.zoomws.journal.OpenGap;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The gaps of one journal as far as it has been read: each of them, their sums, and the one that is open. Any thread may ask,
 * and nobody waits for the disk: a {@code GapFollower} brings what is new.
 *
 * <p>Memory is bounded: of very many gaps only the newest are kept one by one, while the sums are of all.
 */
public final class GapLedger {

    /**
     * A gap that has ended.
     *
     * @param sequence of its entry
     * @param receivedAt when the entry was made
     * @param from its beginning
     * @param to its end
     * @param cause why
     */
    public record Row(long sequence, Instant receivedAt, Instant from, Instant to, String cause) {}

    /**
     * A part of the list.
     *
     * @param rows in the order of their sequences
     * @param next the sequence to ask for next, if there are more
     */
    public record Page(List<Row> rows, OptionalLong next) {}

    /**
     * All but the list.
     *
     * @param totals of the gaps that have ended
     * @param open the one that has not
     * @param countedTo the newest entry that is taken into account, 0 if none
     * @param complete whether that was the end of the journal; false for a while after a start, and when it cannot be read
     * @param omitted how many of the oldest gaps are in the totals only
     */
    public record Summary(GapTotals totals, Optional<OpenGap> open, long countedTo, boolean complete, long omitted) {}

    private static final int MOST_ROWS = 100_000;

    private final int most;
    private final GapCounter counter = new GapCounter();
    private final List<Row> rows = new ArrayList<>();
    private Optional<OpenGap> open = Optional.empty();
    private long countedTo;
    private boolean complete;
    private long omitted;

    /** The ledger of a journal that has not been read yet. */
    public GapLedger() {
        this(MOST_ROWS);
    }

    GapLedger(int most) {
        this.most = most;
    }

    /** Takes the next entry into account, of whatever kind. */
    synchronized void add(Entry entry) {
        counter.add(entry);
        countedTo = entry.sequence();
        if (entry instanceof Gap gap) {
            if (rows.size() == most) {
                int dropped = Math.max(1, most / 10);
                rows.subList(0, dropped).clear();
                omitted += dropped;
            }
            rows.add(new Row(gap.sequence(), gap.receivedAt(), gap.from(), gap.to(), gap.cause()));
        }
    }

    /** All entries before this one are taken into account; none of those between was a gap. */
    synchronized void passed(long next) {
        countedTo = next - 1;
    }

    /** The end of the journal is reached: this is the gap that is open there. */
    synchronized void caughtUp(Optional<OpenGap> openThere) {
        open = openThere;
        complete = true;
    }

    /** The journal cannot be read on. */
    synchronized void interrupted() {
        complete = false;
    }

    /**
     * All but the list.
     *
     * @return a copy
     */
    public synchronized Summary summary() {
        return new Summary(counter.totals(), open, countedTo, complete, omitted);
    }

    /**
     * A part of the list.
     *
     * @param from the sequence to begin with
     * @param limit how many at most, from 1
     * @return a copy
     */
    public synchronized Page page(long from, int limit) {
        int begin = firstAtOrAfter(from);
        int end = Math.min(rows.size(), begin + limit);
        OptionalLong next = end < rows.size() ? OptionalLong.of(rows.get(end).sequence()) : OptionalLong.empty();
        return new Page(List.copyOf(rows.subList(begin, end)), next);
    }

    private int firstAtOrAfter(long sequence) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).sequence() < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
