package io.zoomws.server.delivery;

/** What stands between an instance and the server. */
public enum Isolation {
    /** A thread and a class loader of its own: what it throws or how long it takes harms nobody; memory and exit are shared. */
    THREAD,
    /** A process of its own, restarted when it ends. */
    PROCESS;

    /**
     * Reads it from a configuration.
     *
     * @param text {@code thread} or {@code process}
     * @return which
     * @throws IllegalArgumentException if it is neither
     */
    public static Isolation parse(String text) {
        return switch (text) {
            case "thread" -> THREAD;
            case "process" -> PROCESS;
            default -> throw new IllegalArgumentException("'" + text + "' is no isolation: use thread or process");
        };
    }
}
