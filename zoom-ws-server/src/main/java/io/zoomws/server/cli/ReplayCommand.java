package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.Installation;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.Replay;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.InstanceContext;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a range of a journal through a plugin. */
@Command(
        name = "replay",
        description =
                "Runs a range of a journal through a new instance of a plugin, also while a server runs. No cursor is"
                        + " touched, and the plugin need not be configured.")
final class ReplayCommand implements Callable<Integer> {

    private static final Duration UNTIL_INTERRUPT = Duration.ofSeconds(3);

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(names = "--plugin", required = true, paramLabel = "NAME", description = "The plugin, see 'plugins list'.")
    private @Nullable String plugin;

    @Option(
            names = "--from",
            paramLabel = "P",
            description = "First entry: earliest (default), latest, a sequence number or an ISO-8601 time.")
    private Position from = Position.EARLIEST;

    @Option(names = "--to", paramLabel = "P", description = "Stop before this entry; default: latest.")
    private Position to = Position.LATEST;

    @Option(
            names = "--event",
            paramLabel = "GLOB",
            description = "Only events of this type, for example meeting.*; may be repeated.")
    private List<String> events = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    ReplayCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        EventFilter filter = Converters.filter(events, spec.commandLine());
        JournalOptions.Choice choice = journal.choose();
        Plugin found = PluginCatalog.in(Installation.pluginFolders(
                        Configuration.pluginPath(journal.configuration().inputs())))
                .find(String.valueOf(plugin));
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            InstanceFiles files = InstanceFiles.in(choice.data(), choice.subscription());
            String instance = "replay-" + found.name();
            HostServices services = new HostServices(
                    new InstanceContext(instance, choice.subscription(), files.plugin(found.name())),
                    reader,
                    Clock.systemUTC(),
                    new MetricsOfPlugins().begin(instance, choice.subscription()),
                    new ParkedStore(files.parked(instance)),
                    Configuration.pluginSettings(journal.configuration().inputs(), found.name()));
            Replay replay = new Replay(found, services);
            stopOnRequest(replay);
            ReplayProgress progress = new ReplayProgress(streams.messages());
            Replay.Result result = replay.run(from, to, EventChoice.of(filter), progress);
            progress.end();
            return report(result);
        }
    }

    private int report(Replay.Result result) {
        streams.messages()
                .printf(
                        "replayed sequence %d to %d: %d events handled, %d gaps, %d parked%n",
                        result.from(), result.next() - 1, result.handled(), result.gaps(), result.parked());
        if (result.next() < result.to()) {
            streams.messages().printf("stopped early: go on with --from %d --to %d%n", result.next(), result.to());
            return ExitStatus.FAILED;
        }
        return result.parked() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void stopOnRequest(Replay replay) {
        Thread stopper = new Thread(
                () -> {
                    try {
                        stop.await();
                        replay.stop(UNTIL_INTERRUPT);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "replay stopper");
        stopper.setDaemon(true);
        stopper.start();
    }
}
