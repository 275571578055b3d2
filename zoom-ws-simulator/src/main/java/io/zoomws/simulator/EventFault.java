package io.zoomws.simulator;

import java.time.Duration;

/** A fault of one event: of when it is sent, how often, or in which form. */
sealed interface EventFault extends Fault {

    /** Changes what will be sent. */
    void shape(OutgoingEvent event);

    @Override
    default Place subject() {
        return Place.EVENT;
    }

    /** Sent later, on whichever connection is live then. */
    record EventDelay(Duration delay) implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.delay(delay);
        }
    }

    /** Sent again, byte for byte or with other download tokens, at once or on the next connection. */
    record EventRepeat(int copies, boolean onNextConnection, boolean freshDownloadToken) implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.repeat(this);
        }
    }

    /** Held until so many events have come, or for so long; then they are sent in another order. */
    record EventReorder(int window, Duration within) implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.reorder(this);
        }
    }

    /** Never sent, as Zoom now and then does; counts as missed. */
    record EventLose() implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.lose();
        }
    }

    /** Sent in WebSocket fragments, with or without a ping between each two. */
    record EventFragment(int bytes, boolean pings) implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.fragment(bytes, pings);
        }
    }

    /** {@code content} is a JSON object instead of a string. */
    record EventObject() implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.frameWith(Frames::messageWithObject);
        }
    }

    /** The event is the frame, without {@code module} and {@code content}. */
    record EventBare() implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.frameWith(content -> content);
        }
    }

    /** The same bytes in a binary frame. */
    record EventBinary() implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.binary();
        }
    }

    /** Another topic, to see what it does to logs, terminals and pages. */
    record EventTopic(String topic) implements EventFault {
        @Override
        public void shape(OutgoingEvent event) {
            event.topic(topic);
        }
    }
}
