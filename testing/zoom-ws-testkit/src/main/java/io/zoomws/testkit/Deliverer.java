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

    /** What is under way, and is delivered as it is until it is done. */
    private List<TestEntry> batch = List.of();

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
        while (true) {
            ParkedEntry redriven = batch.isEmpty() ? parked.nextRedriven() : null;
            if (redriven != null) {
                redrive(redriven);
            } else if (batch.isEmpty() && position > journal.size()) {
                return false;
            } else if (next()) {
                return true;
            }
        }
    }

    /** True if the handler asked to try later. */
    private boolean next() {
        if (batch.isEmpty()) {
            batch = collect();
        }
        if (batch.isEmpty()) {
            return false;
        }
        Optional<Throwable> thrown = handler.call(batch, new Delivery(isReplay(position), attempt));
        if (thrown.isEmpty()) {
            pass(last(batch).sequence() + 1);
            return false;
        }
        attempt++;
        if (thrown.get() instanceof RetryLater) {
            return true;
        }
        failures++;
        if (batch.size() > 1) {
            apartBefore = last(batch).sequence() + 1;
            apartAttempt = attempt;
            batch = List.of(batch.get(0));
        } else if (failures > RETRIES) {
            park(batch.get(0), attempt - 1, thrown.get());
            pass(batch.get(0).sequence() + 1);
        }
        return false;
    }

    /** What is delivered next, together; passes over what is not delivered at all. */
    private List<TestEntry> collect() {
        int most = position < apartBefore ? 1 : handler.batchSize();
        List<TestEntry> found = new ArrayList<>();
        long sequence = position;
        for (; sequence <= journal.size() && isReplay(sequence) == isReplay(position); sequence++) {
            TestEntry entry = journal.entry(sequence);
            if (isPassedOver(entry)) {
                continue;
            }
            boolean alone = !(entry instanceof TestEvent event) || !handler.tellsKey(event);
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
            failures = 1;
        }
        return found;
    }

    private boolean isReplay(long sequence) {
        return sequence < replayBefore;
    }

    private boolean isPassedOver(TestEntry entry) {
        return entry instanceof TestEvent event && (event.duplicateOf().isPresent() || isParkedBehind(event));
    }

    /** Parks an event if an earlier one of its key is parked. */
    private boolean isParkedBehind(TestEvent event) {
        Optional<String> key = handler.key(event);
        Optional<ParkedEntry> first = parked.first(key);
        first.ifPresent(earlier -> parked.park(new ParkedEntry(
                event.sequence(),
                event.type(),
                now(),
                0,
                "sequence " + earlier.sequence() + " of its key is parked",
                key)));
        return first.isPresent();
    }

    private void park(TestEntry entry, int attempts, Throwable thrown) {
        String type = entry instanceof TestEvent event ? event.type() : "gap";
        Optional<String> key = entry instanceof TestEvent event ? handler.key(event) : Optional.empty();
        parked.park(new ParkedEntry(
                entry.sequence(), type, now(), attempts, thrown.getClass().getName(), key));
    }

    private void redrive(ParkedEntry entry) {
        TestEntry again = journal.entry(entry.sequence());
        int attempts = entry.attempts() + 1;
        Optional<Throwable> thrown =
                handler.call(List.of(again), new Delivery(replayBefore == Long.MAX_VALUE, attempts));
        if (thrown.isEmpty()) {
            parked.discard(entry.sequence());
            parked.first(entry.key()).ifPresent(next -> parked.redrive(next.sequence()));
        } else {
            park(again, attempts, thrown.get());
        }
    }

    private Instant now() {
        return journal.entry(journal.size()).receivedAt();
    }

    private static TestEntry last(List<TestEntry> entries) {
        return entries.get(entries.size() - 1);
    }

    private void pass(long next) {
        position = next;
        batch = List.of();
        attempt = 1;
        failures = 0;
    }
}
