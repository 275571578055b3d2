package io.zoomws.server.process;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.Libraries;
import io.zoomws.server.ProcessEnd;
import io.zoomws.server.Signals;
import io.zoomws.server.UncaughtExceptions;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.Causes;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a child process begins. The server starts it, never a user: without the server's task it does nothing. */
public final class PluginProcess {

    private static final Logger log = LoggerFactory.getLogger(PluginProcess.class);

    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(250);

    /** As the server has for its threads: once for the instance to end by itself, once after an interrupt. */
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    /** How long the hooks of a plugin that called {@code System.exit} may take. */
    private static final Duration UNTIL_CUT_OFF = Duration.ofSeconds(3);

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final BufferedReader commands;
    private final ChildVoice voice;
    private final MetricsOfPlugins metrics = new MetricsOfPlugins();

    private PluginProcess(BufferedReader commands, ChildVoice voice) {
        this.commands = commands;
        this.voice = voice;
    }

    /**
     * Runs one instance until told to stop, or until the server has ended.
     *
     * @param arguments none; what there is to know comes through standard input
     */
    public static void main(String[] arguments) {
        Signals.ignore();
        Libraries.quiet();
        // What comes through there is not for the plugin.
        InputStream in = System.in;
        System.setIn(InputStream.nullInputStream());
        UncaughtExceptions.log();
        int status = FAILED;
        try {
            BufferedReader commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            ChildVoice voice = new ChildVoice(new FileOutputStream(FileDescriptor.err));
            status = new PluginProcess(commands, voice).run();
        } catch (Throwable e) { // The last stop before the process ends. No message: it may quote the task.
            log.error("a plugin process ended by an error ({})", Causes.silent(e));
        } finally {
            end(status);
        }
    }

    private int run() throws IOException, InterruptedException {
        String line = commands.readLine();
        if (line == null) {
            return FAILED;
        }
        PluginTask task = TaskJson.parse(line);
        String name = task.definition().name();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cutOff(name), "exit"));
        voice.say(ChildReport.starting());
        try (JournalReader reader = Journals.openReader(task.data(), task.subscription())) {
            PluginInstance instance = start(task, reader);
            Thread obeying = new Thread(() -> obey(instance), "plugin " + name + " commands");
            obeying.setDaemon(true);
            obeying.start();
            return follow(instance);
        } catch (PluginException e) {
            voice.say(ChildReport.notStarted(ChildReport.End.REFUSED, String.valueOf(e.getMessage())));
        } catch (JournalException e) {
            voice.say(ChildReport.notStarted(ChildReport.End.UNAVAILABLE, String.valueOf(e.getMessage())));
        }
        return FAILED;
    }

    private PluginInstance start(PluginTask task, JournalReader reader) throws PluginException {
        CursorStore cursors = Journals.cursors(task.data(), task.subscription());
        return PluginInstance.start(
                task.definition(),
                () -> PluginCatalog.in(task.pluginFolders()).find(task.plugin()),
                new SubscriptionAccess(
                        reader,
                        cursor -> cursors.open(cursor, task.required()),
                        cursors::set,
                        InstanceFiles.in(task.data(), task.subscription()),
                        metrics));
    }

    private int follow(PluginInstance instance) throws InterruptedException {
        do {
            voice.say(instance.status());
            voice.say(metrics.numbers());
        } while (!instance.awaitEnd(BETWEEN_REPORTS));
        voice.say(metrics.numbers());
        InstanceStatus status = instance.status();
        boolean failed = status.state() == InstanceState.FAILED;
        ChildReport.End end = failed ? ChildReport.End.REFUSED : ChildReport.End.STOPPED;
        voice.say(new ChildReport(status, Optional.of(end), Optional.empty()));
        return failed ? FAILED : DONE;
    }

    /** Does what the server says; its end, whatever that was, is an order to end as well. */
    private void obey(PluginInstance instance) {
        try {
            for (String word = commands.readLine(); word != null; word = commands.readLine()) {
                switch (word) {
                    case Child.STOP -> instance.requestStop();
                    case Child.INTERRUPT -> instance.interrupt();
                    default -> log.debug("an unknown command of {} characters", word.length());
                }
            }
        } catch (IOException e) {
            log.debug("standard input cannot be read", e);
        }
        // The other thread ends the process, unless the plugin keeps it.
        if (!RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE)) {
            end(FAILED);
        }
    }

    /** Runs when something in this process calls {@code System.exit}, beside the hooks of the plugin. */
    private static void cutOff(String instance) {
        log.error(
                "plugin instance {}: something in its process called System.exit ({})",
                instance,
                ProcessEnd.exitCallers());
        ProcessEnd.flush();
        Thread watchdog = new Thread(
                () -> {
                    try {
                        new CountDownLatch(1).await(UNTIL_CUT_OFF.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(FAILED);
                },
                "exit watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void end(int status) {
        ProcessEnd.flush();
        // Not System.exit: hooks of the plugin could keep the process.
        Runtime.getRuntime().halt(status);
    }
}
