package io.zoomws.simulator;

import java.io.Serial;

/** Says why a simulator cannot start. The message is one line for the user: what is wrong and what to do. */
public final class SimulatorException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    SimulatorException(String message) {
        super(message);
    }

    SimulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
