package io.zoomws.server;

import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.PluginThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what ended a thread. What a plugin threw may quote an event, whichever thread it used; so the message is told only of what
 * is the host's beyond doubt, and of anything else only classes and places.
 */
public final class UncaughtExceptions implements Thread.UncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(UncaughtExceptions.class);

    private UncaughtExceptions() {}

    /** Has those of every thread logged that has no handler of its own. */
    public static void log() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptions());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        String name = PluginThreads.printable(thread.getName());
        boolean ofHost = PluginThreads.isTrusted(thread.getClass())
                && PluginThreads.pluginOf(thread).isEmpty()
                && Causes.areOfHost(thrown);
        if (ofHost) {
            log.error("thread {} ended by an exception that nobody caught", name, thrown);
        } else {
            log.error("thread {} ended by an exception that nobody caught ({})", name, Causes.silent(thrown));
        }
    }
}
