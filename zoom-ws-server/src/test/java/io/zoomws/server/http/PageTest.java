package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void thereIsRoomForSoManyRows() {
        Page page = new Page(2, 100);

        assertThat(page.addLast(row(1, 1))).isTrue();
        assertThat(page.addLast(row(2, 1))).isTrue();
        assertThat(page.isFull()).isTrue();
        assertThat(page.addLast(row(3, 1))).isFalse();
        assertThat(sequences(page)).containsExactly(1L, 2L);
    }

    @Test
    void thereIsRoomForSoManyCharactersButForOneRowAlways() {
        Page page = new Page(10, 10);

        assertThat(page.addLast(row(1, 50))).isTrue();
        assertThat(page.addLast(row(2, 1))).isFalse();
        assertThat(sequences(page)).containsExactly(1L);
    }

    @Test
    void whatIsPushedPushesOutTheFirst() {
        Page page = new Page(3, 10);
        for (int sequence = 1; sequence <= 6; sequence++) {
            page.push(row(sequence, 4));
        }

        assertThat(sequences(page)).containsExactly(5L, 6L);
        page.push(row(7, 50));
        assertThat(sequences(page)).containsExactly(7L);
    }

    @Test
    void anEarlierPageIsTakenFromItsEnd() {
        Page page = new Page(3, 100);
        page.addLast(row(9, 1));
        Page earlier = new Page(3, 100);
        List.of(1, 2, 3).forEach(sequence -> earlier.push(row(sequence, 1)));

        assertThat(page.prepend(earlier)).isFalse();
        assertThat(sequences(page)).containsExactly(2L, 3L, 9L);
        assertThat(page.firstSequence(0)).isEqualTo(2);
    }

    @Test
    void anEarlierPageThatPushedSomethingOutIsNotWhole() {
        Page earlier = new Page(1, 100);
        earlier.push(row(1, 1));
        earlier.push(row(2, 1));

        assertThat(new Page(5, 100).prepend(earlier)).isFalse();
        assertThat(new Page(5, 100).prepend(new Page(1, 1))).isTrue();
    }

    @Test
    void aWalkBackwardsMeetsEveryEntryOnceAndJumpsOverWhatARestoreLeftOut() {
        TreeSet<Long> entries = new TreeSet<>();
        for (long sequence = 1; sequence <= 300_000; sequence++) {
            entries.add(sequence);
            entries.add(2_000_000_000L + sequence);
        }
        BackwardWindow window = new BackwardWindow(1, 2_000_300_001L, 10);
        long met = 0;
        int steps = 0;
        while (!window.isAtBeginning()) {
            steps++;
            if (window.settle(start -> nextOf(entries, start))) {
                assertThat(window.to() - window.from()).isBetween(1L, 65_536L);
                met += entries.subSet(window.from(), window.to()).size();
                window.next();
            }
        }

        assertThat(met).isEqualTo(600_000);
        assertThat(steps).isLessThan(200);
    }

    private static long nextOf(TreeSet<Long> entries, long start) {
        Long there = entries.ceiling(start);
        return there == null ? Long.MAX_VALUE : there;
    }

    private static Page.Row row(long sequence, int length) {
        return new Page.Row(sequence, "x".repeat(length));
    }

    private static List<Long> sequences(Page page) {
        List<Long> sequences = new ArrayList<>();
        page.rows().forEach(row -> sequences.add(row.sequence()));
        return sequences;
    }
}
