package io.zoomws.server.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may want to be told. */
public enum AlertKind {
    /** The credentials of the app, or its subscription, are refused. */
    REFUSED,
    /** Another process uses the subscription. */
    RIVAL,
    /** Nothing was received for longer than is tolerable. */
    GAP,
    /** The reserve of the disk is reached, or near, or the disk fails. */
    DISK,
    /** A plugin has failed on entries, which wait for an operator. */
    PARKED;

    /**
     * The name as it is written and told.
     *
     * @return lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name.
     *
     * @param label as {@link #label} tells it
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name; the message says which there are
     */
    public static AlertKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no kind of alert: "
                        + Arrays.stream(values()).map(AlertKind::label).collect(Collectors.joining(", "))
                        + " are allowed"));
    }
}
