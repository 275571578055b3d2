package io.zoomws.server.config;

/**
 * One mistake in a configuration.
 *
 * @param key as the user wrote it
 * @param text what is wrong, what is allowed; never the value of a secret
 * @param origin where it was set, or empty for what is set nowhere
 */
record Problem(String key, String text, String origin) {

    /** One line for the user. */
    String line() {
        return key + ": " + text + (origin.isEmpty() ? "" : " (set in " + origin + ")");
    }
}
