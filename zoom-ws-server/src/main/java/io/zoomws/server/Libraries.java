package io.zoomws.server;

/** What the libraries are told before any of them is touched, in every process of ours. */
public final class Libraries {

    private Libraries() {}

    /** Keeps them from writing to standard streams, and from calling home. What a user has set stays. */
    public static void quiet() {
        // Guice's generated classes need sun.misc.Unsafe, of which JDK 24 and later warn on standard error.
        setDefault("guice_bytecode_gen_option", "DISABLED");
        setDefault("chronicle.announcer.disable", "true");
        setDefault("chronicle.analytics.disable", "true");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
