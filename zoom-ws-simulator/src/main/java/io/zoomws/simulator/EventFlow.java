package io.zoomws.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of an event from its happening to the connections: past the faults that change, hold, mix up, repeat or lose it.
 * Confined to the event loop.
 */
final class EventFlow {

    /** Events that wait for a later time; further ones are sent at once. */
    private static final int MOST_LATE = 100_000;

    private final EventLoop loop;
    private final Hub hub;
    private final EventLedger ledger;
    private final FaultRunner faults;
    private final Random random;

    /** Events that are held to be mixed up. */
    private final List<OutgoingEvent> held = new ArrayList<>();

    private int window;
    private int late;
    private @Nullable ScheduledFuture<?> holdEnd;

    EventFlow(EventLoop loop, Hub hub, EventLedger ledger, FaultRunner faults, Random random) {
        this.loop = loop;
        this.hub = hub;
        this.ledger = ledger;
        this.faults = faults;
        this.random = random;
    }

    /** Something happened: an event that nobody is connected for is lost, as with Zoom. Returns whether somebody is. */
    boolean happen(String event) {
        return go(OutgoingEvent.of(ledger.happened(), event));
    }

    /** The same, with the whole frame given. */
    boolean send(String frame) {
        return go(OutgoingEvent.raw(ledger.happened(), frame));
    }

    private boolean go(OutgoingEvent event) {
        for (EventFault fault : faults.event()) {
            fault.shape(event);
        }
        boolean connected = hub.newest() != null;
        if (event.isLost()) {
            EventSocket socket = hub.newest();
            ledger.missed(event, socket == null ? 0 : socket.number());
            return false;
        }
        EventFault.EventReorder reorder = event.reorder();
        if (reorder != null && held.isEmpty()) {
            window = reorder.window();
            holdEnd = loop.schedule(this::release, reorder.within().toMillis(), TimeUnit.MILLISECONDS);
        }
        if (reorder != null || !held.isEmpty()) {
            held.add(event);
            if (held.size() >= window) {
                release();
            }
            return connected;
        }
        return delay(event) && connected;
    }

    /** Sends what is held, in another order. */
    void release() {
        if (holdEnd != null) {
            holdEnd.cancel(false);
            holdEnd = null;
        }
        List<OutgoingEvent> mixed = new ArrayList<>(held);
        Collections.shuffle(mixed, random);
        if (mixed.equals(held)) {
            Collections.rotate(mixed, 1);
        }
        held.clear();
        mixed.forEach(this::delay);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a late event
    private boolean delay(OutgoingEvent event) {
        if (event.delay().isZero() || late >= MOST_LATE) {
            return write(event);
        }
        late++;
        loop.schedule(
                () -> {
                    late--;
                    write(event);
                },
                event.delay().toMillis(),
                TimeUnit.MILLISECONDS);
        return true;
    }

    private boolean write(OutgoingEvent event) {
        boolean sent = hub.write(event);
        EventFault.EventRepeat repeat = event.repeat();
        if (repeat != null) {
            for (int i = 0; i < repeat.copies(); i++) {
                String token = repeat.freshDownloadToken() ? "repeat-" + Long.toHexString(random.nextLong()) : "";
                hub.repeat(event.copy(token), repeat.onNextConnection());
            }
        }
        return sent;
    }
}
