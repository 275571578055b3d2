package io.zoomws.server.doctor;

/** The steps in the order in which they are walked. */
public enum Step {
    /** Version of Java, and what it must open to the journal. */
    JAVA("java"),
    /** Everything that is configured. */
    CONFIGURATION("configuration"),
    /** Whether each plugin is there and takes its settings. */
    PLUGINS("plugins"),
    /** Whether those are told who should be when something is wrong. */
    ALERT("alert"),
    /** Kind of file system, and room on it. */
    DISK("disk"),
    /** Who may write into the directory of the subscription, and look into it. */
    PERMISSIONS("permissions"),
    /** Whether a server on this machine receives the subscription. */
    SERVER("server"),
    /** The names of both hosts. */
    DNS("dns"),
    /** The proxy. */
    PROXY("proxy"),
    /** TCP and TLS to the host that issues tokens. */
    TOKEN_ENDPOINT("token-endpoint"),
    /** TCP and TLS to the host that sends events. */
    EVENT_ENDPOINT("event-endpoint"),
    /** A token. */
    TOKEN("token"),
    /** The clock of this machine against that of the token server. */
    CLOCK("clock"),
    /** The form of the subscription. */
    SUBSCRIPTION("subscription"),
    /** Whether Zoom confirms a connection. */
    BUILD_CONNECTION("build-connection"),
    /** Whether it answers a heartbeat. */
    HEARTBEAT("heartbeat"),
    /** Whether it sends an event. */
    FIRST_EVENT("first-event");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /**
     * The word.
     *
     * @return in small letters
     */
    public String label() {
        return label;
    }
}
