package io.zoomws.server.delivery;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the delivery of a journal in memory on the test's thread, without waiting, as an instance of the name mine does. */
final class LoopRun {

    static final Instant NOW = MemoryEntry.TIME.plusSeconds(60);

    final MemoryJournal journal = new MemoryJournal();
    final ParkedStore store;
    final InterruptGate gate = new InterruptGate();
    final List<Duration> pauses = new ArrayList<>();
    final List<Boolean> blocked = new ArrayList<>();
    Counts counts = new Counts();
    Optional<String> orderBy = Optional.empty();
    boolean replay;
    boolean rebuild;
    int capacity = ParkedIndex.CAPACITY;
    long position = 1;

    /** Where the next run would begin after a crash. */
    long saved = 1;

    /** Called at each pause, instead of waiting; says whether to stop. */
    Pauses onPause = () -> false;

    /** What happens while the delivery waits. */
    @FunctionalInterface
    interface Pauses {
        boolean pause();
    }

    LoopRun(Path folder) {
        store = new ParkedStore(folder);
    }

    /** Delivers everything from where the last run ended, with all that a start of an instance brings with it. */
    LoopRun run(EventHandler handler) {
        return run(handler, journal.resolve(Position.LATEST));
    }

    /** As above, to an end. */
    LoopRun run(EventHandler handler, long end) {
        counts = new Counts();
        Progress progress = new Progress() {
            @Override
            public void passed(long next) {
                position = next;
            }

            @Override
            public void idle() {
                saved = position;
            }

            @Override
            public void blocked(boolean now) {
                blocked.add(now);
            }
        };
        StopSignal stop = new StopSignal() {
            @Override
            boolean pause(Duration duration) {
                pauses.add(duration);
                if (onPause.pause()) {
                    stop();
                }
                return isStopped();
            }
        };
        AtomicLong seconds = new AtomicLong();
        ParkedIndex index = new ParkedIndex(
                store, () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos(), capacity);
        DeliveryLoop.Task task = new DeliveryLoop.Task("mine", EventChoice.ALL, replay || rebuild, end);
        Parking parking = new Parking(task, replay, index, progress, counts, Clock.fixed(NOW, ZoneOffset.UTC));
        HandlerCall call = new HandlerCall(
                handler, gate, orderBy, handler instanceof BatchHandler batches ? batches.batchSize() : 1);
        new DeliveryLoop(task, call, parking, progress, counts, stop, new Random(1)).run(journal, position);
        return this;
    }
}
