package io.zoomws.camel;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One start of a consumer until its stop or its crash, which is the moment from which on nothing is saved and nothing counts.
 * Outcomes are told at once, or some deliveries later, or by another thread when the pump waits; so what happens depends on
 * no timing.
 */
final class ScheduledRun implements Target {

    private record Late(long due, Delivery delivery, Consumer<Outcome> outcome) {}

    private final Plan plan;
    private final Random random;
    private final long deliveries;
    private final boolean crash;
    private final long tickNanos;
    private final AtomicLong nanos = new AtomicLong();

    /** Guarded by this. */
    private final List<Late> late = new ArrayList<>();

    private final List<Delivery> firsts = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();
    private final CutCursor cursor;
    private final Pump pump;
    private long count;
    private boolean ended;
    private volatile boolean paused;

    ScheduledRun(Plan plan, MemoryJournal journal, long end, Random random, long deliveries, boolean crash) {
        this.plan = plan;
        this.random = random;
        this.deliveries = deliveries;
        this.crash = crash;
        this.tickNanos = random.nextInt(3) == 0 ? 1_000_000 : 1_000;
        Start start = new Beginning(plan, journal, name -> new CutCursor(journal.open(name))).begin();
        this.cursor = (CutCursor) java.util.Objects.requireNonNull(start.cursor());
        Checkpoint checkpoint = new Checkpoint("zoomws:main (route r)", cursor, start.position(), this::now);
        this.pump = new Pump(plan, journal, start, end, this, checkpoint, this::now);
    }

    /** Each look at the clock takes a while. */
    private long now() {
        return nanos.addAndGet(tickNanos);
    }

    void go() throws InterruptedException {
        Thread pumping = new Thread(pump, "pump");
        pumping.start();
        while (pumping.isAlive()) {
            if (pumping.getState() == Thread.State.TIMED_WAITING) {
                tellOneLate();
            }
            LockSupport.parkNanos(10_000);
        }
        pumping.join();
    }

    @Override
    public synchronized void deliver(Delivery delivery, Consumer<Outcome> outcome) {
        count++;
        if (delivery.attempt() == 1 && !cursor.cut) {
            firsts.add(delivery);
        }
        if (count >= deliveries && !ended) {
            ended = true;
            cursor.cut = crash;
            pump.stop();
        } else if (random.nextInt(200) == 0) {
            paused = true;
            pump.pause();
        }
        int held = random.nextInt(4) > 0 ? 0 : random.nextInt(random.nextInt(100) == 0 ? 1500 : 10);
        if (held == 0) {
            tell(delivery, outcome);
        } else {
            late.add(new Late(count + held, delivery, outcome));
        }
        List<Late> due = late.stream().filter(one -> one.due() <= count).toList();
        late.removeAll(due);
        due.forEach(one -> tell(one.delivery(), one.outcome()));
    }

    private synchronized void tellOneLate() {
        if (paused) {
            paused = false;
            pump.resume();
        } else if (!late.isEmpty()) {
            Late one = late.remove(random.nextInt(late.size()));
            tell(one.delivery(), one.outcome());
        } else {
            // It waits for a next attempt.
            nanos.addAndGet(1_000_000_000);
            pump.resume();
        }
    }

    private void tell(Delivery delivery, Consumer<Outcome> outcome) {
        Outcome ending = outcome();
        boolean settles =
                ending instanceof Outcome.Done || ending instanceof Outcome.Failed && !plan.breakOnFirstError();
        if (settles && !cursor.cut) {
            done.add(delivery.entry().sequence());
        }
        outcome.accept(ending);
    }

    private Outcome outcome() {
        return switch (random.nextInt(100)) {
            case 0 -> new Outcome.Failed(new IllegalStateException("down"));
            case 1 -> new Outcome.Refused(new InterruptedException("forced"));
            default -> Outcome.DONE;
        };
    }

    /** The first attempts of this run, in order. */
    List<Delivery> firsts() {
        return firsts;
    }

    /** What was done, or passed over, before the crash. */
    List<Long> done() {
        return done;
    }

    private static final class CutCursor implements Cursor {
        private final Cursor cursor;
        private volatile boolean cut;

        CutCursor(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public String name() {
            return cursor.name();
        }

        @Override
        public OptionalLong position() {
            return cursor.position();
        }

        @Override
        public boolean isAtRest() {
            return cursor.isAtRest();
        }

        @Override
        public void save(long sequence) {
            if (!cut) {
                cursor.save(sequence);
            }
        }

        @Override
        public void saveAtRest(long sequence) {
            if (!cut) {
                cursor.saveAtRest(sequence);
            }
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
