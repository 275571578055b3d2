package io.zoomws.server;

import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What SIGHUP means. To a command it is the end, as the terminal is gone. To a server it is the wish to read its configuration
 * again, as daemons have it, unless it comes because the terminal is gone from which the server was started: nobody could end it
 * with Ctrl-C any more.
 */
public final class HangUp {

    private final boolean startedFromTerminal = hasTerminal();
    private volatile @Nullable Runnable reload;

    /**
     * Says that it is no longer the end.
     *
     * @param instead called on a thread of its own at each
     */
    public void reloads(Runnable instead) {
        reload = instead;
    }

    /**
     * It has come.
     *
     * @return whether that is the end
     */
    boolean isEnd() {
        Runnable instead = reload;
        if (instead == null || (startedFromTerminal && !hasTerminal())) {
            return true;
        }
        instead.run();
        return false;
    }

    /** The device of a terminal that has hung up cannot be opened, nor can that of a process that never had one. */
    private static boolean hasTerminal() {
        try {
            new FileInputStream("/dev/tty").close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
