package io.zoomws.server;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM, SIGHUP (unless {@link HangUp} means something else) and Ctrl-C into a {@link StopRequest}, so that the command ends by itself with a status of its own; a JVM left
 * alone ends with 143 or 130 whatever its hooks do. Without a doubt about the time: a command that has not ended within the
 * request's patience is cut off.
 *
 * <p>{@code System.exit}, which a plugin may call, is caught by a hook and ends the same way, but with status 1: nobody asked for it.
 */
public final class Signals {

    private static final String HANG_UP = "HUP";
    private static final String[] ENDING = {"TERM", "INT", HANG_UP};
    private static final int FAILED = 1;

    private final StopRequest stop;
    private final HangUp hangUp;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status = FAILED;
    private volatile boolean exitCalled;

    private Signals(StopRequest stop, HangUp hangUp) {
        this.stop = stop;
        this.hangUp = hangUp;
    }

    /**
     * Takes over the signals of this process.
     *
     * @param stop what to ask
     * @param hangUp what SIGHUP means
     * @return to be told when the command has ended
     */
    public static Signals install(StopRequest stop, HangUp hangUp) {
        Signals signals = new Signals(stop, hangUp);
        for (String name : ENDING) {
            handle(name, name.equals(HANG_UP) ? signals::hangUp : () -> signals.ask("SIG" + name));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(signals::finishBeforeExit, "exit"));
        return signals;
    }

    /**
     * Takes no notice of the signals that end a process: for one whose end another process decides. Ctrl-C goes to every
     * process of a terminal, and a service manager may signal all of a service.
     */
    public static void ignore() {
        for (String name : ENDING) {
            handle(name, () -> log().debug("SIG{} received, and ignored", name));
        }
    }

    /**
     * Handles a signal. {@code sun.misc.Signal} is exported by the JDK and has no successor, but javac warns of it whatever is
     * suppressed; hence by name.
     */
    private static void handle(String signalName, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(signalName), proxy);
        } catch (ReflectiveOperationException e) {
            // A JVM without the module jdk.unsupported, or with -Xrs: the hook below still ends everything in order.
            log().warn("SIG{} cannot be handled: the exit status will not be 0 when it comes", signalName);
        }
    }

    /**
     * Ends the process now that the command has ended. Does not return.
     *
     * @param exitStatus of the command
     */
    public void exit(int exitStatus) {
        status = exitStatus;
        ended.countDown();
        ProcessEnd.flush();
        // Not System.exit: hooks of plugins and libraries could keep the process, and nothing is left to be done.
        Runtime.getRuntime().halt(status());
    }

    private void hangUp() {
        if (hangUp.isEnd()) {
            ask("SIG" + HANG_UP);
        }
    }

    private void ask(String signal) {
        if (asked.compareAndSet(false, true)) {
            log().info("{} received: stopping", signal);
            startWatchdog();
        } else {
            log().info(
                            "{} received: already stopping, {} s at most",
                            signal,
                            stop.patience().toSeconds());
        }
        stop.request();
    }

    private void startWatchdog() {
        Thread watchdog = new Thread(this::cutOff, "stop watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void cutOff() {
        if (!awaitEnd()) {
            log().error(
                            "not stopped after {} s: ending now; what was durable remains durable",
                            stop.patience().toSeconds());
            ProcessEnd.flush();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** Runs when something in this process called {@code System.exit}, or on a signal that is not ours. */
    private void finishBeforeExit() {
        if (ended.getCount() > 0 && asked.compareAndSet(false, true)) {
            exitCalled = true;
            log().error(
                            "something in this process called System.exit ({}): stopping in order",
                            ProcessEnd.exitCallers());
        }
        stop.request();
        if (!awaitEnd()) {
            log().error(
                            "not stopped after {} s: ending now; what was durable remains durable",
                            stop.patience().toSeconds());
        }
        ProcessEnd.flush();
        Runtime.getRuntime().halt(status());
    }

    private int status() {
        return exitCalled ? FAILED : status;
    }

    private boolean awaitEnd() {
        try {
            return ended.await(stop.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked for late: signals must be ours before the logging library has been loaded, which takes a while. */
    private static Logger log() {
        return LoggerFactory.getLogger(Signals.class);
    }
}
