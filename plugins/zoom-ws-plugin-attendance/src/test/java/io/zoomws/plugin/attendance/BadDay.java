package io.zoomws.plugin.attendance;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.ZoomEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** A host whose process ends all the time, and whose operator replays all the time. */
final class BadDay {

    private static final Delivery LIVE = new Delivery(false, 1);

    private final Callable<AttendanceHandler> live;
    private final Callable<AttendanceHandler> replay;
    private final Random random;

    BadDay(Callable<AttendanceHandler> live, Callable<AttendanceHandler> replay, Random random) {
        this.live = live;
        this.replay = replay;
        this.random = random;
    }

    /** A good day to compare with: from nothing, everything once, in order. */
    void deliverInOneBatch(List<TestEvent> journal) throws Exception {
        List<ZoomEvent> sorted = journal.stream()
                .sorted(Comparator.comparing((TestEvent event) -> event.receivedAt())
                        .thenComparing(event -> event.id()))
                .map(ZoomEvent.class::cast)
                .toList();
        try (AttendanceHandler handler = live.call()) {
            handler.reset();
            if (!sorted.isEmpty()) {
                handler.handle(sorted, LIVE);
            }
        }
    }

    /** From nothing, in the order of the journal, in batches; each instance begins at its position and does not live long. */
    void deliver(List<TestEvent> journal, int largestBatch) throws Exception {
        try (AttendanceHandler handler = live.call()) {
            handler.reset();
        }
        int next = 0;
        while (next < journal.size()) {
            try (AttendanceHandler handler = live.call()) {
                next = (int) handler.position().orElse(1) - 1;
                for (int batches = 1 + random.nextInt(4); batches > 0 && next < journal.size(); batches--) {
                    int end = Math.min(journal.size(), next + 1 + random.nextInt(largestBatch));
                    handler.handle(List.copyOf(journal.subList(next, end)), LIVE);
                    next = end;
                }
            }
            try (AttendanceHandler again = replay.call()) {
                again.handle(List.copyOf(journal.subList(random.nextInt(next), next)), new Delivery(true, 1));
            }
        }
    }
}
