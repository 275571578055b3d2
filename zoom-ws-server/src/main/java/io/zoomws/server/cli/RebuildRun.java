package io.zoomws.server.cli;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlClient;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.host.HostedJournal;
import io.zoomws.server.host.PluginHost;
import io.zoomws.server.host.PluginRequests;
import io.zoomws.server.host.RebuildRequests;
import io.zoomws.server.host.ThreadLauncher;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has a live instance rebuilt: by the server that runs it, or else here, as that server would. */
final class RebuildRun {

    /** Longer than the server takes to stop an instance that does not want to; afterwards it tells how far it is. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final JournalOptions.Choice journal;
    private final Streams streams;
    private final StopRequest stop;
    private @Nullable ReplayProgress progress;

    RebuildRun(JournalOptions.Choice journal, Streams streams, StopRequest stop) {
        this.journal = journal;
        this.streams = streams;
        this.stop = stop;
    }

    /** Makes what runs instances where no server does; asked for only then. */
    @FunctionalInterface
    interface HostSource {
        PluginHost host() throws ConfigurationException;
    }

    int run(String instance, long from, boolean force, HostSource here) throws Exception {
        ControlRequest request = new ControlRequest(
                RebuildRequests.REBUILD,
                Map.of(PluginRequests.INSTANCE, instance, "from", Long.toString(from), "force", force));
        if (Journals.holder(journal.data(), journal.subscription()).isPresent()) {
            return inServer(request);
        }
        try (PluginHost host = here.host()) {
            return report(new RebuildRequests(host, journal.subscription()).answer(request, new Here()));
        }
    }

    private int inServer(ControlRequest request) throws ControlException {
        try (ControlClient client = ControlClient.open(journal.data().resolve(journal.subscription()))) {
            Thread detacher = detachOnRequest(client);
            try {
                return report(client.call(request, this::show, SILENCE));
            } catch (ControlException e) {
                if (!stop.isRequested()) {
                    throw e;
                }
                end();
                streams.messages()
                        .println("zoom-ws: the rebuild goes on in the server; run the same command again to watch it");
                return ExitStatus.FAILED;
            } finally {
                detacher.interrupt();
            }
        }
    }

    private Thread detachOnRequest(ControlClient client) {
        Thread detacher = new Thread(
                () -> {
                    try {
                        stop.await();
                        client.close();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ControlException e) {
                        streams.messages().println("zoom-ws: " + e.getMessage());
                    }
                },
                "rebuild detacher");
        detacher.setDaemon(true);
        detacher.start();
        return detacher;
    }

    /** The instances as a server would run them, all on threads of this process, which is one of their own. */
    PluginHost withoutServer(List<Settings.PluginInstance> plugins, List<Path> folders) {
        CursorStore cursors = Journals.cursors(journal.data(), journal.subscription());
        HostedJournal hosted = new HostedJournal(
                journal.subscription(),
                () -> Journals.openReader(journal.data(), journal.subscription()),
                cursors::open,
                cursors::set,
                InstanceFiles.in(journal.data(), journal.subscription()),
                new MetricsOfPlugins(),
                this::durable);
        ThreadLauncher launcher = new ThreadLauncher(() -> PluginCatalog.in(folders));
        return new PluginHost(
                plugins, List.of(hosted), Map.of(Isolation.THREAD, launcher, Isolation.PROCESS, launcher));
    }

    private long durable() {
        try (JournalReader reader = Journals.openReader(journal.data(), journal.subscription())) {
            return reader.resolve(Position.LATEST) - 1;
        }
    }

    /** This command, as the one who asked. */
    private final class Here implements ControlHandler.Client {
        @Override
        public void progress(Map<String, ?> fields) {
            show(fields);
        }

        @Override
        public boolean isGone() {
            return stop.isRequested();
        }
    }

    private void show(Map<?, ?> told) {
        if (progress == null) {
            if (Boolean.FALSE.equals(told.get("begun"))) {
                streams.messages()
                        .println("zoom-ws: a rebuild is under way already, from sequence " + number(told, "from"));
            }
            progress = new ReplayProgress(
                    ProgressLine.everywhere(streams.messages()),
                    System::nanoTime,
                    number(told, "from"),
                    number(told, "to"),
                    number(told, "next"));
        }
        progress.at(
                Math.min(number(told, "next"), number(told, "to")), number(told, "handled"), number(told, "parked"));
    }

    private void end() {
        if (progress != null) {
            progress.end();
        }
    }

    private int report(Map<?, ?> answer) {
        end();
        boolean done = Boolean.TRUE.equals(answer.get("done"));
        streams.messages()
                .println("zoom-ws: " + Text.printable(String.valueOf(answer.get("text"))) + "; "
                        + number(answer, "handled") + " events handled, " + number(answer, "gaps") + " gaps, "
                        + number(answer, "parked") + " parked");
        if (!done && stop.isRequested()) {
            streams.messages()
                    .println("zoom-ws: the server goes on with it when it is started; this command would begin anew");
        }
        return done && number(answer, "parked") == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private static long number(Map<?, ?> fields, String key) {
        return fields.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
