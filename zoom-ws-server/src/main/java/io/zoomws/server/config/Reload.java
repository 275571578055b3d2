package io.zoomws.server.config;

/** What has to happen in a running server before a changed key counts. */
enum Reload {
    /** Nothing: a reload applies it. */
    AT_ONCE("at once"),
    /** A reload stops the plugin instance and starts it again; it goes on at its cursor. */
    INSTANCE("restarts that instance"),
    /** The connection or the journal would have to be given up: not by a reload. */
    RESTART("needs a restart of the server");

    private final String text;

    Reload(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }
}
