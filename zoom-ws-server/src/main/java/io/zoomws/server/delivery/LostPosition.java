package io.zoomws.server.delivery;

import io.zoomws.spi.Position;

/**
 * What an instance does when its saved position cannot be used: its file is lost or damaged, or it stands before the oldest
 * entry or behind the end of the journal. Never taken for granted: whatever is not {@link #STOP} is told with what is skipped.
 */
public enum LostPosition {
    /** It does not run, and says why and how that is mended. */
    STOP("stop"),
    /** It goes on at the oldest entry there is. */
    EARLIEST("earliest"),
    /** It goes on with what comes. */
    LATEST("latest");

    private final String text;

    LostPosition(String text) {
        this.text = text;
    }

    /**
     * Reads what a user wrote.
     *
     * @param text one of {@code stop}, {@code earliest}, {@code latest}
     * @return the choice
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static LostPosition parse(String text) {
        for (LostPosition choice : values()) {
            if (choice.text.equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of stop, earliest and latest");
    }

    /** Where it goes on; not to be asked of {@link #STOP}. */
    Position position() {
        return this == LATEST ? Position.LATEST : Position.EARLIEST;
    }

    @Override
    public String toString() {
        return text;
    }
}
