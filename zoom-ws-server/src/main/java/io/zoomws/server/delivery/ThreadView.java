package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.PluginThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What can be told of an instance's thread from outside: what it costs, where it is, and which others its plugin has started. */
final class ThreadView {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Thread thread;
    private final ClassLoader loader;
    private volatile long finalCpuNanos = -1;

    /**
     * Of a thread.
     *
     * @param loader of the plugin, and the thread's context: what the plugin starts inherits it
     */
    ThreadView(Thread thread, ClassLoader loader) {
        this.thread = thread;
        this.loader = loader;
    }

    /** To be called by the thread itself at its end: afterwards nobody knows what it cost. */
    void ends() {
        finalCpuNanos = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** Processor time so far; zero where the JVM does not measure it. */
    Duration cpu() {
        long ended = finalCpuNanos;
        if (ended >= 0) {
            return Duration.ofNanos(ended);
        }
        long now = THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.getId()) : 0;
        return Duration.ofNanos(Math.max(Math.max(0, now), finalCpuNanos));
    }

    /** The other threads of the plugin that run, as far as known. Runs no code of the plugin, whatever its threads override. */
    List<Thread> others() {
        return PluginThreads.all().stream()
                .filter(other -> other != thread && other.isAlive())
                .filter(other -> PluginThreads.pluginOf(other).orElse(null) == loader)
                .toList();
    }

    /** The innermost frame of the plugin's code, and with whom it is deadlocked; as far as that is so. */
    String place() {
        String frame = Stream.of(thread.getStackTrace())
                .filter(this::isOfPlugin)
                .findFirst()
                .map(top -> "at " + Causes.place(top))
                .orElse("outside its own code");
        long[] deadlocked = THREADS.findDeadlockedThreads();
        if (deadlocked == null || LongStream.of(deadlocked).noneMatch(id -> id == thread.getId())) {
            return frame;
        }
        ThreadInfo info = THREADS.getThreadInfo(thread.getId());
        String owner = info == null ? null : info.getLockOwnerName();
        return frame + (owner == null ? "" : ", deadlocked with thread " + PluginThreads.printable(owner));
    }

    private boolean isOfPlugin(StackTraceElement frame) {
        return frame.getModuleName() == null && Objects.equals(frame.getClassLoaderName(), loader.getName());
    }
}
