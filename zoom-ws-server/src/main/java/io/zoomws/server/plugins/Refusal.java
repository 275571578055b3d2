package io.zoomws.server.plugins;

import java.io.Serial;

/** Says why a plugin cannot be used, where it is not known in which jar it lies; {@link PluginException} says it to users. */
final class Refusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String remedy;

    /**
     * Without a cause, whose message might hold a secret.
     *
     * @param what is wrong
     * @param remedy what to do
     */
    Refusal(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
