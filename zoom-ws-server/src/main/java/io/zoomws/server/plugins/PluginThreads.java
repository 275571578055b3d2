package io.zoomws.server.plugins;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells of which plugin a thread is, on any thread and without running code of a plugin. A plugin may start a subclass of
 * {@link Thread} whose {@code getContextClassLoader}, {@code getId}, {@code getStackTrace} or {@code hashCode}, all of which can
 * be overridden, throws or does not return. So none of those is called on a thread whose class is not {@linkplain #isTrusted
 * trusted}; what is called on any thread is final: {@code getName}, {@code isAlive}, {@code getThreadGroup}.
 */
public final class PluginThreads {

    private static final int FIRST_GUESS = 64;
    private static final int LONGEST_NAME = 60;

    private PluginThreads() {}

    /**
     * The threads that run. Not by {@link Thread#getAllStackTraces}, which calls the {@code hashCode} of each, nor with the size that
     * {@link ThreadGroup#activeCount} tells, which a group of a plugin may override.
     *
     * @return a copy
     */
    public static List<Thread> all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[FIRST_GUESS];
        int count = root.enumerate(threads);
        while (count == threads.length) { // there may be more
            threads = new Thread[threads.length * 2];
            count = root.enumerate(threads);
        }
        return List.copyOf(Arrays.asList(threads).subList(0, count));
    }

    /**
     * The plugin that has started a thread. What a plugin starts is of its own classes, or has its class loader as the context,
     * which a thread inherits, unless it changes that; those of the JDK's common pool do.
     *
     * @param thread any
     * @return the class loader of the plugin; empty if it is none's, as far as known
     */
    public static Optional<ClassLoader> pluginOf(Thread thread) {
        ClassLoader plugin = pluginAbove(thread.getClass().getClassLoader());
        if (plugin == null && isTrusted(thread.getClass())) {
            plugin = pluginAbove(thread.getContextClassLoader());
        }
        return Optional.ofNullable(plugin);
    }

    /**
     * Whether what a class overrides may be called by a thread that must go on.
     *
     * @param type any
     * @return whether it is of the JDK or the host
     */
    public static boolean isTrusted(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        ClassLoader host = PluginThreads.class.getClassLoader();
        while (host != null && host != loader) {
            host = host.getParent();
        }
        return host == loader;
    }

    /**
     * The name of a thread, which may be a stranger's text, for a line of a log.
     *
     * @param name as the thread has it
     * @return printable and not too long
     */
    public static String printable(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }

    /** Also for what a plugin has loaded with a class loader of its own. */
    private static @Nullable ClassLoader pluginAbove(@Nullable ClassLoader loader) {
        ClassLoader above = loader;
        while (above != null && !(above instanceof PluginClassLoader)) {
            above = above.getParent();
        }
        return above;
    }
}
