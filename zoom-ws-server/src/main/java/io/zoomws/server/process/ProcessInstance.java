package io.zoomws.server.process;

import io.zoomws.journal.LostPositionException;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.OwnProcess;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.PluginSource;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin instance in a process of its own, which reads the journal for itself. When that process ends without having been told
 * to, another is started, after a delay that grows; when it says that it cannot run, none is, until the instance is started
 * anew. A process that does not end when told to is killed: unlike a thread, nothing of it remains.
 */
public final class ProcessInstance implements RunningInstance {

    private static final Logger log = LoggerFactory.getLogger(ProcessInstance.class);

    /** The kernel needs a moment to take away what a process had. */
    private static final Duration UNTIL_GONE = Duration.ofSeconds(2);

    /** How one process ended: whether another is to follow, and why it ended. */
    private record Ending(boolean again, String why) {}

    private final PluginTask task;
    private final ChildJvm jvm;
    private final MetricsOfPlugins metrics;
    private final RestartDelay delay;
    private final Totals totals;
    private final AtomicLong restarts = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread supervisor;
    private volatile @Nullable InstanceState state = InstanceState.STARTING; // null: as the child says
    private volatile @Nullable Child child;
    private volatile @Nullable String problem;

    private ProcessInstance(
            PluginTask task, ChildJvm jvm, MetricsOfPlugins metrics, RandomGenerator random, long position) {
        this.task = task;
        this.jvm = jvm;
        this.metrics = metrics;
        this.delay = new RestartDelay(random);
        this.totals = new Totals(position);
        this.supervisor =
                new Thread(this::supervise, "plugin " + task.definition().name() + " process");
        supervisor.setDaemon(true);
    }

    /**
     * Fixes the position, so that whatever is journaled from now on will be delivered, and looks for the plugin; then has the
     * process started.
     *
     * @param task what it is to run
     * @param source of the plugin; looked for here as well, so that what is refused is refused at once
     * @param access to the subscription whose journal to follow
     * @param jvm how the process is started
     * @param random for delays
     * @return the instance
     * @throws PluginException if the plugin cannot be used, or the position, and the definition says to stop then
     * @throws LostPositionException if the position is lost, and the definition says to stop then
     */
    public static ProcessInstance start(
            PluginTask task, PluginSource source, SubscriptionAccess access, ChildJvm jvm, RandomGenerator random)
            throws PluginException {
        long position = 0;
        try {
            position = PluginInstance.fixPosition(task.definition(), access);
        } catch (LostPositionException e) {
            throw e;
        } catch (JournalException e) {
            // As after a server that was killed, whose child still has the cursor while it ends: ours will try again.
            log.warn(
                    "plugin instance {}: {}; it is tried again",
                    task.definition().name(),
                    e.getMessage());
        }
        source.plugin().close(); // to be refused here rather than there
        ProcessInstance instance = new ProcessInstance(task, jvm, access.metrics(), random, position);
        instance.supervisor.start();
        return instance;
    }

    @Override
    public String name() {
        return task.definition().name();
    }

    @Override
    public String plugin() {
        return task.plugin();
    }

    @Override
    public String subscription() {
        return task.subscription();
    }

    @Override
    public InstanceStatus status() {
        return totals.status(state);
    }

    @Override
    public OwnProcess process() {
        Child current = child;
        return new OwnProcess(
                current == null ? OptionalLong.empty() : OptionalLong.of(current.pid()),
                restarts.get(),
                Optional.ofNullable(problem));
    }

    @Override
    public void requestStop() {
        stopped.countDown();
        Child current = child;
        if (current != null) {
            stop(current);
        }
    }

    /** On a busy machine a JVM takes seconds to start: one in which nothing of the plugin runs yet is not waited for. */
    private void stop(Child running) {
        if (totals.nothingHeard()) {
            running.kill();
        } else {
            running.send(Child.STOP);
        }
    }

    @Override
    public void interrupt() {
        Child current = child;
        if (current != null) {
            current.send(Child.INTERRUPT);
        }
    }

    @Override
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        supervisor.join(Math.max(1, patience.toMillis()));
        return !supervisor.isAlive();
    }

    /** Kills the process: here even a loop ends. */
    @Override
    public void abandon() {
        stopped.countDown();
        Child current = child;
        if (current != null) {
            log.error(
                    "plugin instance {} does not stop, not even when interrupted: its process {} is killed; what it is busy"
                            + " with will be delivered again",
                    name(),
                    current.pid());
            current.kill();
        }
        try {
            if (!awaitEnd(UNTIL_GONE)) {
                state = InstanceState.ABANDONED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            boolean again = true;
            while (again && !isStopped()) {
                long beganNanos = System.nanoTime();
                Ending ending = runChild();
                again = ending.again() && pauseAfter(ending.why(), Duration.ofNanos(System.nanoTime() - beganNanos));
            }
            if (isStopped()) {
                state = InstanceState.STOPPED;
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /**
     * Waits before the next process.
     *
     * @return false if there is to be none
     */
    private boolean pauseAfter(String why, Duration ran) throws InterruptedException {
        Duration pause = delay.after(ran);
        problem = why;
        state = InstanceState.RESTARTING;
        log.error(
                "plugin instance {}: {}; its next process starts in {} ms, and what was not saved is delivered again",
                name(),
                why,
                pause.toMillis());
        if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        restarts.incrementAndGet();
        state = InstanceState.STARTING;
        return true;
    }

    /** Runs one process to its end. */
    private Ending runChild() throws InterruptedException {
        try {
            Child started = Child.start(name(), jvm, totals::heard, metrics.begin(name(), subscription()));
            child = started;
            state = null;
            log.info("plugin instance {} runs in process {}", name(), started.pid());
            started.send(TaskJson.line(task));
            if (isStopped()) {
                stop(started);
            }
            int status = started.await();
            return ending(started, status, totals.ended());
        } catch (IOException e) {
            return new Ending(true, "its process cannot be started (" + e.getMessage() + ")");
        } catch (RuntimeException | Error e) {
            log.error("plugin instance {}: its process cannot be started", name(), e);
            return new Ending(
                    true, "its process cannot be started (" + e.getClass().getName() + ")");
        } finally {
            child = null;
        }
    }

    private Ending ending(Child ended, int status, Optional<ChildReport> last) {
        if (isStopped()) {
            return new Ending(false, "it was told to");
        }
        String died = "its process " + ended.pid() + " ended with " + ExitText.of(status);
        ChildReport.End end = last.flatMap(ChildReport::end).orElse(ChildReport.End.DIED);
        Optional<String> said = last.flatMap(ChildReport::problem);
        return switch (end) {
            case REFUSED -> refused(said);
            case UNAVAILABLE -> new Ending(true, said.orElse(died));
            case STOPPED, DIED -> new Ending(true, died);
        };
    }

    private Ending refused(Optional<String> reason) {
        state = InstanceState.FAILED;
        // Where there is none, the process has logged it.
        reason.ifPresent(text -> {
            problem = text;
            log.error("plugin instance {} DOES NOT RUN: {}", name(), text);
        });
        return new Ending(false, "it was refused");
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
