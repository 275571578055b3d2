package io.zoomws.server;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is inside {@code System.exit}: the culprit's plugin is told also if it called from a thread that it has started. */
final class ExitCallers {

    /** How the thread of an instance begins its name, and the class loader of a plugin. */
    private static final String PLUGIN = "plugin ";

    private ExitCallers() {}

    /** The threads that are inside it, in one line; a plugin's own thread has the name of the instance. */
    static String text(Map<Thread, StackTraceElement[]> threads) {
        String names = threads.entrySet().stream()
                .filter(entry -> isInside(entry.getValue()))
                .map(entry -> "thread " + entry.getKey().getName() + owner(entry.getKey(), threads))
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "or a signal came" : names;
    }

    private static boolean isInside(StackTraceElement[] frames) {
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit")) {
                return true;
            }
        }
        return false;
    }

    /** What a plugin starts has its class loader as its context, and each instance has one of its own. */
    private static String owner(Thread thread, Map<Thread, StackTraceElement[]> threads) {
        ClassLoader loader = thread.getContextClassLoader();
        if (thread.getName().startsWith(PLUGIN)
                || loader == null
                || loader.getName() == null
                || !loader.getName().startsWith(PLUGIN)) {
            return "";
        }
        Optional<String> instance = threads.keySet().stream()
                .filter(other -> other.getContextClassLoader() == loader)
                .map(Thread::getName)
                .filter(name -> name.startsWith(PLUGIN))
                .sorted()
                .findFirst();
        return " of "
                + instance.map(name -> "plugin instance " + name.substring(PLUGIN.length()))
                        .orElse(loader.getName());
    }
}
