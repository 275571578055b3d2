package io.zoomws.camel;

import io.zoomws.spi.JournalException;
import java.io.Serial;

/** Says that a cursor cannot be had now, as a rule because another consumer has it. */
final class CursorHeld extends JournalException {

    @Serial
    private static final long serialVersionUID = 1;

    CursorHeld(String message, JournalException cause) {
        super(message, cause);
    }
}
