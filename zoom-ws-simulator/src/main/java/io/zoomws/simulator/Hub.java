package io.zoomws.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The subscription: which connection is live, and what was sent. The newest connection wins, the one before is told to go.
 * Confined to the event loop.
 */
final class Hub {

    private static final int CONNECTIONS_REMEMBERED = 1000;

    private final InstantSource clock;
    private final int ledgerLimit;
    private final Deque<EventSocket> sockets = new ArrayDeque<>();
    private final Deque<SentEvent> ledger = new ArrayDeque<>();
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private @Nullable EventSocket live;
    private long opened;
    private long refused;
    private long kicked;
    private long silent;
    private long heartbeats;
    private long generated;
    private long sent;
    private long missed;

    Hub(InstantSource clock, int ledgerLimit) {
        this.clock = clock;
        this.ledgerLimit = ledgerLimit;
    }

    /** Makes a connection the live one. Returns its number. */
    long ready(EventSocket socket) {
        EventSocket loser = live;
        live = socket;
        opened++;
        sockets.add(socket);
        if (sockets.size() > CONNECTIONS_REMEMBERED) {
            sockets.remove();
        }
        if (loser != null) {
            kicked++;
            loser.kick();
        }
        return opened;
    }

    void gone(EventSocket socket) {
        if (live == socket) {
            live = null;
        }
    }

    void refusedOne() {
        refused++;
    }

    void cutSilentOne() {
        silent++;
    }

    void heartbeat() {
        heartbeats++;
    }

    /** Something happened: an event that nobody is connected for is lost, as with Zoom. Returns whether it was sent. */
    boolean happen(String event) {
        return send(Frames.message(event));
    }

    /** Sends a frame that carries an event. Returns whether there was a connection to send it on. */
    boolean send(String frame) {
        generated++;
        EventSocket socket = live;
        if (socket == null) {
            missed++;
            return false;
        }
        socket.send(frame);
        return true;
    }

    /** The operating system has taken an event's frame. */
    void written(EventSocket socket, String frame) {
        sent++;
        if (ledgerLimit > 0) {
            if (ledger.size() == ledgerLimit) {
                ledger.remove();
            }
            ledger.add(new SentEvent(socket.number(), frame, clock.instant()));
        }
        settled();
    }

    /** The connection ended before an event's frame could be written. */
    void lost() {
        missed++;
        settled();
    }

    /** Completes when every event that has happened was either sent or missed. */
    CompletableFuture<Boolean> quiet() {
        CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        waiting.add(quiet);
        settled();
        return quiet;
    }

    private void settled() {
        if (generated == sent + missed) {
            waiting.forEach(quiet -> quiet.complete(true));
            waiting.clear();
        }
    }

    /** Whether the live connection takes more without piling it up in memory. */
    boolean writable() {
        EventSocket socket = live;
        return socket == null || socket.writable();
    }

    void closeAll() {
        EventSocket socket = live;
        if (socket != null) {
            socket.close(1001, "simulator ends");
        }
    }

    List<SentEvent> ledger() {
        return List.copyOf(ledger);
    }

    SimulatorStats stats(TokenEndpoint tokens) {
        List<SimulatorStats.Connection> connections = new ArrayList<>();
        for (EventSocket socket : sockets) {
            connections.add(new SimulatorStats.Connection(
                    socket.number(), socket == live, socket.eventsSent(), socket.heartbeats()));
        }
        return new SimulatorStats(
                tokens.issued(),
                tokens.refused(),
                opened,
                refused,
                kicked,
                silent,
                live == null ? 0 : 1,
                heartbeats,
                generated,
                sent,
                missed,
                connections);
    }

    Instant now() {
        return clock.instant();
    }
}
