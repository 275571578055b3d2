package io.zoomws.server.host;

import io.zoomws.server.delivery.Activity;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.plugins.Causes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a plugin's code does not come back: after 30 seconds in one call, and again each time that time has
 * doubled. One thread for all instances; it changes nothing, since nothing can be done but by the operator.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /**
     * What was said of a call.
     *
     * @param since when the call began
     * @param next when it is said again
     */
    private record Said(Instant since, Duration next) {}

    private final Supplier<List<Slot>> slots;
    private final InstantSource clock;
    private final Map<Slot, Said> said = new HashMap<>(); // confined to the watching thread
    private final Set<Slot> unseen = new HashSet<>(); // likewise; so that it is said once
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "plugin watchdog");

    Watchdog(Supplier<List<Slot>> slots, InstantSource clock) {
        this.slots = slots;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (!ending.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does this; whoever does wants its end
        }
    }

    /** Looks once. */
    void look() {
        for (Slot slot : slots.get()) {
            try {
                slot.instance().ifPresent(instance -> look(slot, instance));
                unseen.remove(slot);
            } catch (RuntimeException | Error e) { // of this one; the others are looked after all the same
                if (unseen.add(slot)) {
                    log.error("plugin instance {} cannot be looked after ({})", slot.name(), Causes.silent(e));
                }
            }
        }
    }

    private void look(Slot slot, RunningInstance instance) {
        InstanceState state = instance.status().state();
        Activity activity = instance.activity();
        if (activity.busySince().isEmpty() || state == InstanceState.ABANDONED) {
            said.remove(slot);
            return;
        }
        Instant since = activity.busySince().get();
        Duration busy = Duration.between(since, clock.instant());
        Said before = said.get(slot);
        Duration due = before != null && before.since().equals(since) ? before.next() : Condition.STUCK;
        if (busy.compareTo(due) >= 0) {
            Duration next = due;
            while (next.compareTo(busy) <= 0) {
                next = next.multipliedBy(2);
            }
            said.put(slot, new Said(since, next));
            log.warn(
                    "plugin instance {} is {}, {}; everything else runs on, and 'zoom-ws plugins stop {}' ends or abandons it",
                    slot.name(),
                    Condition.inOneCall(activity, busy),
                    instance.place().orElse("at an unknown place"),
                    slot.name());
        }
    }

    @Override
    public void close() {
        ending.countDown();
    }
}
