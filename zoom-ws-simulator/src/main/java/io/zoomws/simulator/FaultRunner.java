package io.zoomws.simulator;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs fault scripts: is told of what happens, and says which faults are due. The scripts run side by side, each with its own
 * counts. Confined to the event loop.
 */
final class FaultRunner {

    private static final int FAULTS_REMEMBERED = 10_000;

    /** A script posted again and again must not use up memory for ever. */
    private static final int MOST_STEPS = 10_000;

    private final EventLoop loop;
    private final Hub hub;
    private final Tokens tokens;
    private final FrontDoor door;
    private final Random random;
    private final List<RunningStep> steps = new ArrayList<>();
    private final Newest<InjectedFault> newest = new Newest<>(FAULTS_REMEMBERED);
    private long done;

    /** That connections overlap, and for how long; null: until the older one goes. */
    record Overlap(OverlapFault fault, @Nullable Duration lasting) {}

    FaultRunner(EventLoop loop, Hub hub, Tokens tokens, FrontDoor door, Random random) {
        this.loop = loop;
        this.hub = hub;
        this.tokens = tokens;
        this.door = door;
        this.random = random;
    }

    /** Begins a script now. Returns whether there was room for it. */
    boolean run(FaultScript script) {
        if (steps.size() + script.steps().size() > MOST_STEPS) {
            return false;
        }
        for (FaultStep step : script.steps()) {
            RunningStep running = new RunningStep(step, loop, this::strike);
            steps.add(running);
            running.start();
        }
        return true;
    }

    /** Ends all scripts, and what of their faults still lasts. */
    void clear() {
        steps.forEach(RunningStep::stop);
        steps.clear();
        door.open();
        hub.recover();
    }

    private void strike(FaultStep step, @Nullable EventSocket cause) {
        if (step.fault() instanceof ServerFault fault) {
            if (isMeant(step)) {
                note(step, 0);
                fault.strike(door, tokens, step.lasting());
            }
        } else if (step.fault() instanceof ConnectionFault fault) {
            EventSocket socket = cause == null ? hub.newest() : cause;
            if (socket != null && socket.isLive() && isMeant(step)) {
                note(step, socket.number());
                fault.strike(socket, step.lasting());
            }
        }
    }

    /** A client asks for a token: how it is answered badly; null: not at all badly. */
    @Nullable
    TokenFault token() {
        return first(Place.TOKEN, TokenFault.class);
    }

    /**
     * A client asks for the WebSocket: what goes wrong; null: nothing.
     *
     * @param welcome whether it would be accepted; if not, it is not accepted in an odd way either
     */
    @Nullable
    HandshakeFault handshake(boolean welcome) {
        return first(Place.HANDSHAKE, welcome ? HandshakeFault.class : HandshakeFault.Upgrade.class);
    }

    /** An event happens: what is done to it. */
    List<EventFault> event() {
        if (steps.isEmpty()) {
            return List.of();
        }
        List<EventFault> due = new ArrayList<>();
        for (RunningStep running : snapshot()) {
            running.happened(Place.EVENT, null);
            if (running.step().fault() instanceof EventFault fault && running.take() && isMeant(running.step())) {
                due.add(fault);
                EventSocket socket = hub.newest();
                note(running.step(), socket == null ? 0 : socket.number());
            }
        }
        return due;
    }

    /** A connection is about to become ready: how the one before stays; null: it does not. */
    @Nullable
    Overlap overlap() {
        Overlap due = null;
        for (RunningStep running : snapshot()) {
            if (running.step().fault() instanceof OverlapFault fault) {
                running.happened(Place.CONNECTION, null);
                EventSocket older = hub.newest();
                if (due == null && older != null && running.take() && isMeant(running.step())) {
                    due = new Overlap(fault, running.step().lasting());
                    note(running.step(), older.number());
                }
            }
        }
        return due;
    }

    /** A connection has become ready, after {@link #overlap} was asked. */
    void ready(EventSocket socket) {
        for (RunningStep running : snapshot()) {
            if (!(running.step().fault() instanceof OverlapFault)) {
                running.happened(Place.CONNECTION, socket);
            }
        }
    }

    private <T extends Fault> @Nullable T first(Place place, Class<? extends T> kind) {
        T due = null;
        for (RunningStep running : snapshot()) {
            running.happened(place, null);
            if (due == null && kind.isInstance(running.step().fault()) && running.take() && isMeant(running.step())) {
                due = kind.cast(running.step().fault());
                note(running.step(), 0);
            }
        }
        return due;
    }

    /** A fault may end a connection, and that may make other things happen while the steps are gone through. */
    private List<RunningStep> snapshot() {
        return List.copyOf(steps);
    }

    private boolean isMeant(FaultStep step) {
        return step.chance() >= 1 || random.nextDouble() < step.chance();
    }

    private void note(FaultStep step, long connection) {
        done++;
        newest.add(new InjectedFault(step.name(), connection, hub.now()));
    }

    long done() {
        return done;
    }

    List<InjectedFault> newest() {
        return newest.copy();
    }
}
