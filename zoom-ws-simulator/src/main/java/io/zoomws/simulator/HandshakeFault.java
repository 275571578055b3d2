package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fault of one WebSocket handshake: of its HTTP part, or of what is said in band after it. */
sealed interface HandshakeFault extends Fault {

    @Override
    default Place subject() {
        return Place.HANDSHAKE;
    }

    /** A fault of the HTTP part. */
    sealed interface Upgrade extends HandshakeFault {
        /** Answers the request for the WebSocket, or does not. */
        void strike(HttpExchange exchange);
    }

    /** A fault of {@code build_connection}; only done to a client that would be accepted. */
    sealed interface Confirm extends HandshakeFault {
        /** Says something else than that the client is accepted. */
        void strike(EventSocket socket);
    }

    /** Some HTTP answer instead of the upgrade. */
    record UpgradeStatus(HttpAnswer answer) implements Upgrade {
        @Override
        public void strike(HttpExchange exchange) {
            exchange.answer(answer);
        }
    }

    /** The upgrade with a {@code Sec-WebSocket-Accept} that does not belong to the client's key. */
    record WrongAccept() implements Upgrade {
        @Override
        public void strike(HttpExchange exchange) {
            exchange.upgradeWith("bm90IHRoZSBhbnN3ZXIgdG8ga2V5");
        }
    }

    /** No answer, ever; the TCP connection stays. */
    record UpgradeSilent() implements Upgrade {
        @Override
        public void strike(HttpExchange exchange) {
            // The fault is that nothing is done.
        }
    }

    /** The TCP connection is closed instead of an answer, with RST or FIN. */
    record UpgradeHangUp(boolean reset) implements Upgrade {
        @Override
        public void strike(HttpExchange exchange) {
            exchange.hangUp(reset);
        }
    }

    /** The client is refused although its token is good. */
    record Refuse(String text) implements Confirm {
        @Override
        public void strike(EventSocket socket) {
            socket.refuse(text);
        }
    }

    /** Neither accepted nor refused. */
    record ConfirmNever() implements Confirm {
        @Override
        public void strike(EventSocket socket) {
            // The fault is that nothing is done.
        }
    }

    /** Accepted, later. */
    record ConfirmLate(Duration delay) implements Confirm {
        @Override
        public void strike(EventSocket socket) {
            socket.later(delay, socket::accept);
        }
    }

    /** Accepted, and told so once more. */
    record ConfirmTwice() implements Confirm {
        @Override
        public void strike(EventSocket socket) {
            socket.accept();
            socket.text(Frames.ACCEPTED);
        }
    }

    /** Something is said that is neither acceptance nor refusal; the connection never becomes ready. */
    record ConfirmMalformed(String text) implements Confirm {
        @Override
        public void strike(EventSocket socket) {
            socket.text(text);
        }
    }

    /** The confirm fault in here, if it is one. */
    static @Nullable Confirm confirm(@Nullable HandshakeFault fault) {
        return fault instanceof Confirm confirm ? confirm : null;
    }
}
