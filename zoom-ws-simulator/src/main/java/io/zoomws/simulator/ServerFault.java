package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fault of the whole server, done at once whether or not somebody is connected. */
sealed interface ServerFault extends Fault {

    /**
     * Does it.
     *
     * @param lasting for how long; null: for good, or in a moment
     */
    void strike(FrontDoor door, Tokens tokens, @Nullable Duration lasting);

    @Override
    default Place subject() {
        return Place.TIME;
    }

    /** TCP connections are accepted by the operating system and closed before a byte is read. */
    record AcceptAndClose() implements ServerFault {
        @Override
        public void strike(FrontDoor door, Tokens tokens, @Nullable Duration lasting) {
            door.shut(lasting);
        }

        @Override
        public Lasting lasting() {
            return Lasting.EFFECT;
        }
    }

    /** Every token issued so far is refused in a handshake from now on; open connections stay. */
    record ExpireTokens() implements ServerFault {
        @Override
        public void strike(FrontDoor door, Tokens tokens, @Nullable Duration lasting) {
            tokens.endAll();
        }
    }
}
