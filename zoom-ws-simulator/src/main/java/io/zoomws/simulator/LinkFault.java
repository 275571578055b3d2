package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fault below the WebSocket: what a network, a proxy or a dying host does to a TCP connection. */
sealed interface LinkFault extends ConnectionFault {

    /** RST: what is under way in either direction may be lost. */
    record Reset() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.end(EndCause.FAULT);
            socket.outlet().reset();
        }
    }

    /** FIN without a close frame; nothing is read any more either. */
    record Drop() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.end(EndCause.FAULT);
            socket.outlet().drop();
        }
    }

    /** FIN without a close frame, but reading goes on until the client closes its side. */
    record HalfClose() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.end(EndCause.FAULT);
            socket.outlet().halfClose();
        }
    }

    /** Half-open in one direction: nothing reaches the client, what it sends is read. */
    record Mute() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.outlet().mute(lasting, false);
        }

        @Override
        public Lasting lasting() {
            return Lasting.EFFECT;
        }
    }

    /** Half-open in both directions: nothing is sent and nothing is read. */
    record Deaf() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.outlet().mute(lasting, true);
        }

        @Override
        public Lasting lasting() {
            return Lasting.EFFECT;
        }
    }

    /** Everything that would be sent waits, then comes in one burst. */
    record Stall() implements LinkFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.outlet().stall(lasting);
        }

        @Override
        public Lasting lasting() {
            return Lasting.EFFECT_WITH_END;
        }
    }
}
