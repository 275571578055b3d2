package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.EntryKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {

    private static final Hash KEY = new Hash(1, 2);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long HOUR = 3600 * SECOND;

    private DuplicateWindow window = new DuplicateWindow(1000, Duration.ofHours(24));
    private long sequence;

    private long timeless(long connection, long atNanos) {
        sequence++;
        return window.firstOf(KEY, false, sequence, connection, atNanos);
    }

    @Test
    void withoutATimeTheNthOccurrenceOnOneConnectionIsTheNthOnTheOther() {
        assertThat(timeless(1, 0)).isZero(); // 1
        assertThat(timeless(1, 0)).isZero(); // 2
        assertThat(timeless(2, SECOND)).isEqualTo(1);
        assertThat(timeless(2, SECOND)).isEqualTo(2);
        assertThat(timeless(2, SECOND)).isZero(); // 5
        assertThat(timeless(1, SECOND)).isEqualTo(5);
        assertThat(timeless(1, SECOND)).isZero(); // 7
        assertThat(timeless(3, SECOND)).as("a third connection begins anew").isEqualTo(1);
    }

    @Test
    void withoutATimeOnlyWhatCameAtAboutTheSameTimeIsACopy() {
        assertThat(timeless(1, 0)).isZero();
        assertThat(timeless(2, 5 * HOUR)).isZero();
        assertThat(timeless(2, 6 * HOUR)).isZero();
        assertThat(timeless(3, 20 * HOUR)).isZero();
        assertThat(timeless(4, 20 * HOUR + DuplicateWindow.OVERLAP_NANOS)).isEqualTo(4);
        assertThat(timeless(5, 20 * HOUR + DuplicateWindow.OVERLAP_NANOS + 1)).isZero();
    }

    @Test
    void noEventIsLostHoweverTwoConnectionsInterleave() {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("DuplicateWindowTest: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            window = new DuplicateWindow(1000, Duration.ofHours(24));
            int[] left = {random.nextInt(20), random.nextInt(20)};
            int most = Math.max(left[0], left[1]);
            int firsts = 0;
            while (left[0] + left[1] > 0) {
                int connection = random.nextInt(2);
                if (left[connection] > 0) {
                    left[connection]--;
                    firsts += timeless(connection + 1, 0) == 0 ? 1 : 0;
                }
            }
            assertThat(firsts).isEqualTo(most);
        }
    }

    @Test
    void aWindowThatIsReloadedJudgesAsTheOneThatWasLost() {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("DuplicateWindowTest: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            DuplicateWindow live = new DuplicateWindow(5, Duration.ofHours(24));
            List<IndexRecord> journal = new ArrayList<>();
            long now = 0;
            for (int i = 1; i <= 200; i++) {
                now += random.nextInt(10) == 0 ? 25 * HOUR : random.nextLong(20 * SECOND);
                Hash key = new Hash(random.nextInt(8), 0);
                boolean timed = key.high() % 2 == 0;
                long connection = 1 + random.nextInt(3);
                DuplicateWindow reloaded = live.fresh();
                journal.forEach(reloaded::reload);
                long first = live.firstOf(key, timed, i, connection, now);
                assertThat(reloaded.firstOf(key, timed, i, connection, now))
                        .as("event %d", i)
                        .isEqualTo(first);
                journal.add(event(key, timed, i, connection, now, first));
            }
        }
    }

    private static IndexRecord event(
            Hash key, boolean timed, long sequence, long connection, long atNanos, long duplicateOf) {
        return new IndexRecord(
                StoredKind.TEXT_FRAME,
                EntryKind.EVENT,
                false,
                timed,
                sequence,
                atNanos,
                0,
                0,
                EventTypes.UNKNOWN,
                connection,
                duplicateOf,
                key,
                key,
                IndexRecord.Link.NONE,
                1);
    }
}
