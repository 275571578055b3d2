package io.zoomws.server.config;

import java.io.Serial;
import java.util.List;

/** Says everything that is wrong with a configuration, one line each. The message is meant for a user and holds no secret. */
public final class ConfigurationException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    ConfigurationException(String headline, List<String> lines) {
        super(lines.isEmpty() ? headline : headline + "\n  " + String.join("\n  ", lines));
    }
}
