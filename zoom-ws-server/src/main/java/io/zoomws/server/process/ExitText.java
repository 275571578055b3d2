package io.zoomws.server.process;

/** Says what an exit status means, as far as it can be known. */
final class ExitText {

    /** What the JVM says when it was told to end for want of memory. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int FIRST_SIGNAL = 128;
    private static final int LAST_SIGNAL = 128 + 64;

    private ExitText() {}

    static String of(int status) {
        if (status == OUT_OF_MEMORY) {
            return "status 3, that of a JVM whose memory is exhausted (see jvm-options), unless the plugin chose it";
        }
        if (status > FIRST_SIGNAL && status <= LAST_SIGNAL) {
            int signal = status - FIRST_SIGNAL;
            return "status " + status + ", as by signal " + signal + name(signal);
        }
        return "status " + status;
    }

    private static String name(int signal) {
        return switch (signal) {
            case 6 -> " (SIGABRT: the JVM crashed)";
            case 9 -> " (SIGKILL: somebody, or the system for want of memory)";
            case 15 -> " (SIGTERM)";
            default -> "";
        };
    }
}
