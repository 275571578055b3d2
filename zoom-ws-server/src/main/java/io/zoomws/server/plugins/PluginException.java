package io.zoomws.server.plugins;

import java.io.Serial;

/** Says why a plugin is refused, and what to do: one line naming plugin and jar, meant for a user. */
public final class PluginException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Without a cause.
     *
     * @param message one line naming plugin, place and remedy
     */
    public PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
