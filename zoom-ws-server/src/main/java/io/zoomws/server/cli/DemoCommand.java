package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.demo.Demo;
import io.zoomws.server.demo.DemoSummary;
import io.zoomws.server.http.HttpServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The demonstration. */
@Command(
        name = "demo",
        description =
                "Starts a simulated Zoom, receives from it as from the real one, prints the events as they come and, at"
                        + " the end, how many were sent, journaled and handled. Exit status 1 if these numbers differ.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            defaultValue = "5/s",
            description = "Events per second; default: 5/s.")
    private Rate rate = new Rate(5);

    @Option(names = "--for", paramLabel = "TIME", description = "How long, for example 30s; default: until Ctrl-C.")
    private Duration duration = FOR_EVER;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of the status page on this machine, 0 for any free one; default: 8080, or any free one if"
                            + " that is taken.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory; default: a new one among the temporary files.")
    private @Nullable Path data;

    @Mixin
    private final PluginPathOption plugins = new PluginPathOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    DemoCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        OptionalInt httpPort = httpPort();
        Path directory = directory();
        stop.allow(Demo.END);
        streams.messages()
                .println("A simulated Zoom sends " + rate.eventsPerSecond() + " events a second; data in " + directory
                        + "; end with Ctrl-C.");
        Demo demo = new Demo(directory, plugins.folders(), httpPort, streams.messages()::println);
        DemoSummary summary;
        try {
            summary = demo.run(rate.eventsPerSecond(), duration, stop);
        } catch (HttpServerException e) {
            throw new CommandException("--port: " + e.reason() + ": choose another, or 0 for any free one");
        }
        streams.data().write((summary.line() + "\n").getBytes(StandardCharsets.UTF_8));
        streams.data().flush();
        streams.messages().println("Look again: zoom-ws journal cat --data " + directory);
        return summary.agrees() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private OptionalInt httpPort() {
        if (port == null) {
            return OptionalInt.empty();
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--port: " + port + " is no port: use a number from 0 to 65535");
        }
        return OptionalInt.of(port);
    }

    private Path directory() throws IOException, ConfigurationException {
        if (data == null) {
            return Files.createTempDirectory("zoom-ws-demo-");
        }
        List<String> others = Journals.subscriptions(data).stream()
                .filter(name -> !name.equals(Demo.SUBSCRIPTION))
                .toList();
        if (!others.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data: " + data + " holds the journal of " + String.join(", ", others)
                            + ": simulated events do not belong beside it; choose another directory");
        }
        return data;
    }
}
