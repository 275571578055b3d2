package io.zoomws.server.alert;

import java.util.Optional;

/**
 * Something that is wrong at one moment. What it is about is its identity; the text may change from look to look.
 *
 * @param about what is wrong, and where
 * @param text a sentence for people, without payload and secret
 */
record Finding(About about, String text) {

    /**
     * What is wrong, and where.
     *
     * @param kind what somebody wants to be told
     * @param condition which of the kind, a stable word for machines
     * @param subscription where
     * @param plugin the instance, if it concerns one
     */
    record About(AlertKind kind, String condition, String subscription, Optional<String> plugin) {}

    static Finding of(AlertKind kind, String condition, String subscription, String text) {
        return new Finding(new About(kind, condition, subscription, Optional.empty()), text);
    }
}
