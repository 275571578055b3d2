package io.zoomws.testkit;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.RetryLater;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks along the journal, and decides what is delivered next, how often, and what is parked. */
final class Deliverer {

    /** How often the host delivers again what failed. */
    private static final int RETRIES = 3;

    private final TestedHandler handler;
    private final TestJournal journal;
    private final TestParkedQueue parked;

    /** Of what is before, the delivery is a replay. */
    private final long replayBefore;

    private long position;

    /** What is delivered as it is until it is handled or parked; empty if that is to be chosen. */
    private List<TestEntry> underWay = List.of();

    /** Whether it is one that was parked, and not at the position. */
    private boolean redriving;

    private int attempt = 1;
    private int failures;

    /** Up to here every event is delivered alone, because a batch failed. */
    private long apartBefore;

    private int apartAttempt;

    Deliverer(TestedHandler handler, TestJournal journal, TestParkedQueue parked, long replayBefore, long position) {
        this.handler = handler;
        this.journal = journal;
        this.parked = parked;
        this.replayBefore = replayBefore;
        this.position = position;
    }

    /** Delivers all there is; true if the handler asked to try later. */
    boolean run() {
        while (!underWay.isEmpty() || choose()) {
            if (!underWay.isEmpty() && offer()) {
                return true;
            }
        }
        return false;
    }

    /** Chooses what is delivered next, if anything; false at the end. */
    private boolean choose() {
        attempt = 1;
        failures = 0;
        Optional<ParkedEntry> due = isReplayToTheEnd() ? Optional.empty() : parked.takeDue();
        redriving = due.isPresent();
        if (due.isPresent()) {
            underWay = List.of(journal.entry(due.get().sequence()));
            attempt = due.get().attempts() + 1;
            return true;
        }
        if (position > journal.size()) {
            return false;
        }
        underWay = collect();
        return true;
    }

    /** What is delivered together; passes over what is not delivered at all. */
    private List<TestEntry> collect() {
        int most = 1;
        List<TestEntry> found = new ArrayList<>();
        long sequence = position;
        for (; sequence <= journal.size() && isReplay(sequence) == isReplay(position); sequence++) {
            TestEntry entry = journal.entry(sequence);
            if (entry instanceof TestEvent event && event.duplicateOf().isPresent()) {
                continue;
            }
            Optional<ParkedEntry> earlier = entry instanceof TestEvent event ? blocking(event) : Optional.empty();
            if (earlier.isPresent() && !found.isEmpty()) {
                break; // as the host does: what is not delivered ends a batch
            }
            if (earlier.isPresent()) {
                parkBehind((TestEvent) entry, earlier.get());
                continue;
            }
            boolean alone = !(entry instanceof TestEvent event) || !handler.tellsKey(event);
            if (found.isEmpty() && sequence >= apartBefore) {
                most = handler.batchSize();
            }
            if (found.isEmpty() || !alone) {
                found.add(entry);
            }
            if (alone || found.size() == most) {
                break;
            }
        }
        position = found.isEmpty() ? sequence : found.get(0).sequence();
        if (position < apartBefore) {
            attempt = apartAttempt;
        }
        return found;
    }

    /** True if the handler asked to try later. */
    private boolean offer() {
        TestEntry first = underWay.get(0);
        long behind = underWay.get(underWay.size() - 1).sequence() + 1;
        Delivery delivery = new Delivery(isReplay(position), attempt);
        Optional<Throwable> thrown = handler.call(underWay, delivery);
        if (thrown.isEmpty()) {
            parked.discard(first.sequence());
            settled(behind);
            return false;
        }
        attempt++;
        if (thrown.get() instanceof RetryLater) {
            return true;
        }
        failures++;
        if (underWay.size() > 1) {
            apartBefore = behind;
            apartAttempt = attempt;
            failures = 0;
            underWay = List.of(first);
        } else if (failures > RETRIES) {
            park(first, attempt - 1, thrown.get());
            settled(behind);
        }
        return false;
    }

    private void settled(long behind) {
        underWay = List.of();
        if (!redriving) {
            position = behind;
        }
    }

    /** Beside a live instance, where nobody redrives; a rebuild does, as it goes on live. */
    private boolean isReplayToTheEnd() {
        return replayBefore == Long.MAX_VALUE;
    }

    private boolean isReplay(long sequence) {
        return sequence < replayBefore;
    }

    /** The first that is parked of an event's key. */
    private Optional<ParkedEntry> blocking(TestEvent event) {
        return parked.first(handler.key(event));
    }

    private void parkBehind(TestEvent event, ParkedEntry first) {
        parked.park(new ParkedEntry(
                event.sequence(),
                event.type(),
                now(),
                0,
                "not delivered: sequence " + first.sequence() + " of the same key is parked",
                handler.key(event)));
    }

    private void park(TestEntry entry, int attempts, Throwable thrown) {
        String type = entry instanceof TestEvent event ? event.type() : "gap";
        Optional<String> key = entry instanceof TestEvent event ? handler.key(event) : Optional.empty();
        parked.park(new ParkedEntry(
                entry.sequence(), type, now(), attempts, thrown.getClass().getName(), key));
    }

    private Instant now() {
        return journal.entry(journal.size()).receivedAt();
    }
}
