package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fault of one open connection, done at once: to the one whose turn made the moment, else to the newest that is live. */
sealed interface ConnectionFault extends Fault
        permits LinkFault,
                FrameFault,
                FrameFault.Own,
                ConnectionFault.Close,
                ConnectionFault.Kick,
                ConnectionFault.IgnoreHeartbeats,
                ConnectionFault.SilenceLimit,
                ConnectionFault.CloseAtExpiry {

    /**
     * Does it.
     *
     * @param lasting for how long; null: for good, or in a moment
     */
    void strike(EventSocket socket, @Nullable Duration lasting);

    @Override
    default Place subject() {
        return Place.TIME;
    }

    /** A close frame with any code, also one that no server may send; code 0: without code and reason. */
    record Close(int code, String reason) implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.close(code, reason, EndCause.FAULT);
        }
    }

    /** As if another client had connected to the subscription; nobody has. */
    record Kick(KickStyle style) implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.kick(style);
        }
    }

    /** Heartbeats are not answered, while events flow. */
    record IgnoreHeartbeats() implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.ignoreHeartbeats(lasting);
        }

        @Override
        public Lasting lasting() {
            return Lasting.EFFECT;
        }
    }

    /** Another patience with a client that sends no heartbeats, from now on. */
    record SilenceLimit(Duration limit) implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.limitSilence(limit);
        }
    }

    /** The connection does not survive the token that opened it. */
    record CloseAtExpiry(int code, String reason) implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.closeAtExpiry(code, reason);
        }
    }
}
