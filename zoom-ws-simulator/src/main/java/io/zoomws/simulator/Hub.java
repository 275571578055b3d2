package io.zoomws.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscription: which connection is live, and who gets an event. The newest connection wins, the one before is told to
 * go, at once or, by a fault, after a time in which both are live. Confined to the event loop.
 */
final class Hub {

    private static final int CONNECTIONS_REMEMBERED = 10_000;

    /** Events owed to the next connection; further ones are not repeated. */
    private static final int MOST_OWED = 10_000;

    private final InstantSource clock;
    private final EventLedger ledger;
    private final Newest<ConnectionLife> lives = new Newest<>(CONNECTIONS_REMEMBERED);

    /** Whose TCP connection is still there, live or not: a muted one may still have to say goodbye. */
    private final Set<EventSocket> open = new LinkedHashSet<>();

    private final Deque<OutgoingEvent> owed = new ArrayDeque<>();

    /** Oldest first; one, or none, unless connections overlap. */
    private final List<EventSocket> live = new ArrayList<>();

    private OverlapFault.Sharing sharing = OverlapFault.Sharing.BOTH;
    private long turn;
    private long opened;
    private long refused;
    private long kicked;
    private long silent;
    private long heartbeats;

    Hub(InstantSource clock, EventLedger ledger) {
        this.clock = clock;
        this.ledger = ledger;
    }

    /**
     * Makes a connection the live one.
     *
     * @param overlap how the one before stays; null: it does not
     * @return what is remembered of it
     */
    ConnectionLife ready(EventSocket socket, FaultRunner.@Nullable Overlap overlap) {
        opened++;
        ConnectionLife life = new ConnectionLife(opened, clock.instant());
        lives.add(life);
        open.add(socket);
        if (overlap == null) {
            List.copyOf(live).forEach(EventSocket::kick);
        } else {
            sharing = overlap.fault().events();
            for (EventSocket older : List.copyOf(live)) {
                if (overlap.lasting() != null) {
                    older.later(overlap.lasting(), () -> kickIfLive(older));
                }
            }
        }
        live.add(socket);
        return life;
    }

    /** Writes what the newest connection is owed from before its time. */
    void payDebts(EventSocket socket) {
        while (!owed.isEmpty()) {
            repeat(owed.remove(), socket);
        }
    }

    private static void kickIfLive(EventSocket socket) {
        if (socket.isLive()) {
            socket.kick();
        }
    }

    void gone(EventSocket socket) {
        live.remove(socket);
    }

    /** Its TCP connection has gone. */
    void closed(EventSocket socket) {
        open.remove(socket);
    }

    void refusedOne() {
        refused++;
    }

    void kickedOne() {
        kicked++;
    }

    void cutSilentOne() {
        silent++;
    }

    void heartbeat() {
        heartbeats++;
    }

    /** Writes an event to whoever is to get it. Nobody: it is missed. Returns whether there was a connection. */
    boolean write(OutgoingEvent event) {
        List<EventSocket> targets = targets();
        if (targets.isEmpty()) {
            ledger.missed(event, 0);
            return false;
        }
        Copies copies = new Copies(event, targets.size());
        targets.forEach(socket -> socket.send(event, sent -> copies.settled(socket, sent)));
        return true;
    }

    private List<EventSocket> targets() {
        if (live.size() < 2) {
            return List.copyOf(live);
        }
        return switch (sharing) {
            case BOTH -> List.copyOf(live);
            case ALTERNATE -> List.of(live.get((int) (turn++ % live.size())));
            case OLDER -> List.of(live.get(0));
        };
    }

    /** Writes an event once more, now or to the next connection; it counts as a repeat, if at all. */
    void repeat(OutgoingEvent event, boolean onNextConnection) {
        if (!onNextConnection) {
            List.copyOf(live).forEach(socket -> repeat(event, socket));
        } else if (owed.size() < MOST_OWED) {
            owed.add(event);
        }
    }

    private void repeat(OutgoingEvent event, EventSocket socket) {
        socket.send(event, sent -> {
            if (sent) {
                ledger.written(event, socket, true);
            }
        });
    }

    /** One event written to several connections: sent if one took it, missed if none did. */
    private final class Copies {
        private final OutgoingEvent event;
        private int open;
        private boolean written;

        Copies(OutgoingEvent event, int open) {
            this.event = event;
            this.open = open;
        }

        void settled(EventSocket socket, boolean sent) {
            open--;
            if (sent) {
                ledger.written(event, socket, written);
                written = true;
            } else if (open == 0 && !written) {
                ledger.missed(event, socket.number());
            }
        }
    }

    /** Whether each live connection takes more without piling it up in memory. */
    boolean writable() {
        for (EventSocket socket : live) {
            if (!socket.outlet().writable()) {
                return false;
            }
        }
        return true;
    }

    /** The newest live connection; null if there is none. */
    @Nullable
    EventSocket newest() {
        return live.isEmpty() ? null : live.get(live.size() - 1);
    }

    /** Ends the faults that last on any connection. */
    void recover() {
        List.copyOf(open).forEach(EventSocket::recover);
    }

    void closeAll() {
        List.copyOf(live).forEach(socket -> socket.close(1001, "simulator ends", EndCause.SHUTDOWN));
    }

    Instant now() {
        return clock.instant();
    }

    SimulatorStats stats(TokenEndpoint tokens, long faultsDone) {
        return new SimulatorStats(
                tokens.issued(),
                tokens.refused(),
                opened,
                refused,
                kicked,
                silent,
                live.size(),
                heartbeats,
                ledger.generated(),
                ledger.sent(),
                ledger.repeated(),
                ledger.missed(),
                faultsDone,
                lives.copy().stream().map(ConnectionLife::stats).toList());
    }
}
