package io.zoomws.server.find;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What may hide an event that is not found in a stretch of a journal.
 *
 * @param gaps intervals without a proven connection, which lie in the stretch or reach into it
 * @param lost how many quarantine entries there are: damage, in whose place an event may have been
 */
public record MissedIn(List<Gap> gaps, long lost) {

    /** Takes a copy. */
    public MissedIn {
        gaps = List.copyOf(gaps);
    }

    /**
     * Looks. A gap is journaled when it has ended, and so perhaps behind the stretch into which it reaches.
     *
     * @param reader of the journal
     * @param from first sequence
     * @param to sequence behind the last
     * @param end when the last entry of the stretch was received
     * @return what there is
     */
    public static MissedIn of(JournalReader reader, long from, long to, Instant end) {
        List<Gap> gaps = new ArrayList<>();
        long lost = 0;
        try (Tailer tailer = reader.tail(from, EnumSet.of(EntryKind.GAP, EntryKind.QUARANTINE), EventFilter.all())) {
            long visible = reader.resolve(Position.LATEST);
            while (tailer.position() < visible) {
                Entry entry = tailer.poll();
                if (entry instanceof Gap gap) {
                    if (gap.sequence() >= to && !gap.from().isBefore(end)) {
                        break;
                    }
                    gaps.add(gap);
                } else if (entry != null && entry.kind() == EntryKind.QUARANTINE && entry.sequence() < to) {
                    lost++;
                }
            }
        }
        return new MissedIn(gaps, lost);
    }
}
