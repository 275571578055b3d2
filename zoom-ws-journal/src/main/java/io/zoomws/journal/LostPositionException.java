package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.Serial;

/**
 * Says that a cursor had a position and that nobody knows it any more: its file is damaged, or gone. Nothing is guessed; whoever
 * owns the consumer must say where it goes on.
 */
public final class LostPositionException extends JournalException {

    @Serial
    private static final long serialVersionUID = 1;

    LostPositionException(String what, String name) {
        super(what + ". Set it with 'zoom-ws cursors set " + name
                + " P' (earliest, latest, a sequence number or a time), or forget it with 'zoom-ws cursors delete "
                + name
                + "', to begin where a new consumer would; nothing is guessed.");
    }
}
