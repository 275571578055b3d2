package io.zoomws.server.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TimeUnionTest {

    private record Interval(int from, int to) {}

    @Test
    void timeCoveredTwiceCountsOnce() {
        assertThat(lengthOf(new Interval(0, 10), new Interval(5, 15))).isEqualTo(Duration.ofSeconds(15));
        assertThat(lengthOf(new Interval(0, 10), new Interval(2, 3))).isEqualTo(Duration.ofSeconds(10));
        assertThat(lengthOf(new Interval(2, 3), new Interval(0, 10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void timeBetweenTwoIntervalsDoesNotCount() {
        assertThat(lengthOf(new Interval(0, 10), new Interval(20, 30))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anIntervalThatEndsBeforeItBeginsAddsNothing() {
        assertThat(lengthOf(new Interval(10, 0), new Interval(5, 5))).isEqualTo(Duration.ZERO);
    }

    @Test
    void boundsThatAreFarApartDoNotOverflow() {
        TimeUnion union = new TimeUnion();

        union.add(Instant.MIN, Instant.MAX);
        union.add(Instant.EPOCH, Instant.MAX);

        assertThat(union.length()).isEqualTo(Duration.between(Instant.MIN, Instant.MAX));
    }

    @RepeatedTest(4)
    void theUnionIsWhatCountingEachSecondGivesInWhateverOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Interval> intervals = randomIntervals(random);
            BitSet seconds = new BitSet();
            intervals.stream()
                    .filter(interval -> interval.from < interval.to)
                    .forEach(interval -> seconds.set(interval.from, interval.to));
            Collections.shuffle(intervals, random);

            assertThat(lengthOf(intervals.toArray(Interval[]::new)))
                    .as("seed %d, round %d, %s", seed, round, intervals)
                    .isEqualTo(Duration.ofSeconds(seconds.cardinality()));
        }
    }

    @Test
    void withBoundedMemoryGapsThatComeInTheOrderOfTheirEndsStillAddUp() {
        TimeUnion union = new TimeUnion(4);
        for (int i = 0; i < 100; i++) {
            union.add(Instant.ofEpochSecond(10L * i), Instant.ofEpochSecond(10L * i + 3));
        }
        assertThat(union.length()).isEqualTo(Duration.ofSeconds(300));

        union.add(Instant.ofEpochSecond(985), Instant.ofEpochSecond(1000));

        assertThat(union.length()).isEqualTo(Duration.ofSeconds(297 + 15));
    }

    private static List<Interval> randomIntervals(Random random) {
        List<Interval> intervals = new ArrayList<>();
        int span = 1 + random.nextInt(200);
        for (int i = random.nextInt(40); i > 0; i--) {
            intervals.add(new Interval(random.nextInt(span), random.nextInt(span)));
        }
        return intervals;
    }

    private static Duration lengthOf(Interval... intervals) {
        TimeUnion union = new TimeUnion();
        for (Interval interval : intervals) {
            union.add(Instant.ofEpochSecond(interval.from), Instant.ofEpochSecond(interval.to));
        }
        return union.length();
    }
}
