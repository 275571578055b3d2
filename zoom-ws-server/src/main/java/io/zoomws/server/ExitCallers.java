package io.zoomws.server;

import io.zoomws.server.plugins.PluginThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is inside {@code System.exit}: the culprit's plugin is told also if it called from a thread that it has started. */
final class ExitCallers {

    /** How the thread of an instance begins its name, and the class loader of a plugin. */
    private static final String PLUGIN = "plugin ";

    /**
     * A thread that runs.
     *
     * @param name of the thread
     * @param plugin class loader of the plugin that it is of
     * @param exiting whether it is inside {@code System.exit}
     */
    record Seen(String name, Optional<ClassLoader> plugin, boolean exiting) {}

    private ExitCallers() {}

    /** The threads of this process. The end of the process must not depend on code of a plugin: none runs here. */
    static List<Seen> threads() {
        Map<Long, String> exiting = new HashMap<>();
        for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
            if (info != null && isInside(info.getStackTrace())) {
                exiting.put(info.getThreadId(), info.getThreadName());
            }
        }
        List<Seen> seen = new ArrayList<>();
        List<Thread> strange = new ArrayList<>();
        for (Thread thread : PluginThreads.all()) {
            if (PluginThreads.isTrusted(thread.getClass())) {
                boolean inside = exiting.remove(thread.getId()) != null;
                seen.add(new Seen(thread.getName(), PluginThreads.pluginOf(thread), inside));
            } else {
                strange.add(thread);
            }
        }
        // Their getId may be anything; so those that remain are told by their names.
        strange.forEach(thread -> seen.add(
                new Seen(thread.getName(), PluginThreads.pluginOf(thread), exiting.containsValue(thread.getName()))));
        return seen;
    }

    /** The threads that are inside it, in one line; a plugin's own thread has the name of the instance. */
    static String text(List<Seen> threads) {
        String names = threads.stream()
                .filter(Seen::exiting)
                .map(thread -> "thread " + PluginThreads.printable(thread.name()) + owner(thread, threads))
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

    /** What a plugin starts has its class loader, and each instance has one of its own. */
    private static String owner(Seen thread, List<Seen> threads) {
        if (thread.plugin().isEmpty() || thread.name().startsWith(PLUGIN)) {
            return "";
        }
        Optional<String> instance = threads.stream()
                .filter(other -> other.plugin().equals(thread.plugin()))
                .map(Seen::name)
                .filter(name -> name.startsWith(PLUGIN))
                .sorted()
                .findFirst();
        return " of "
                + instance.map(name -> "plugin instance " + name.substring(PLUGIN.length()))
                        .orElse(thread.plugin().get().getName());
    }
}
