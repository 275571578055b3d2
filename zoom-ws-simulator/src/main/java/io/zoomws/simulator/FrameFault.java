package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A frame that is no event, sent besides the events at once.
 *
 * @param kind what is odd about it
 * @param size how odd: bytes, digits or levels, as the kind says
 */
record FrameFault(OddFrame kind, int size) implements ConnectionFault {

    @Override
    public void strike(EventSocket socket, @Nullable Duration lasting) {
        socket.outlet().write(kind.frame(size));
    }

    /** A frame of the script author's own.*/
    record Own(String text) implements ConnectionFault {
        @Override
        public void strike(EventSocket socket, @Nullable Duration lasting) {
            socket.text(text);
        }
    }
}
