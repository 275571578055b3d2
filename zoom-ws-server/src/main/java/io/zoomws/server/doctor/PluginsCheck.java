package io.zoomws.server.doctor;

import java.util.List;

/** Judges whether somebody will be handed what is received. Receiving and journaling do without. */
final class PluginsCheck {

    private PluginsCheck() {}

    /**
     * Judges the configured instances.
     *
     * @param configured how many there are
     * @param mistakes one line for each that cannot be started
     */
    static Verdict judge(int configured, List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            return Verdict.failure(
                    String.join("\n", mistakes),
                    "mend that: until then events are received and journaled, but not handed to "
                            + (mistakes.size() == 1 ? "it" : "them"));
        }
        return Verdict.ok(
                configured == 0
                        ? "none is configured: events are journaled only"
                        : (configured == 1
                                        ? "1 instance is there and takes its"
                                        : configured + " instances are there and take their")
                                + " settings");
    }
}
