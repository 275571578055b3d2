package io.zoomws.server.cli;

import io.zoomws.server.StartNotices;
import io.zoomws.server.StopRequest;
import io.zoomws.server.TrialFeed;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.LoadedConfiguration;
import io.zoomws.server.config.Settings;
import io.zoomws.server.doctor.Doctor;
import io.zoomws.server.doctor.Plan;
import io.zoomws.server.doctor.Surroundings;
import io.zoomws.server.doctor.Trial;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks for what keeps events from coming. */
@Command(
        name = "doctor",
        description = {
            "Walks from this machine to Zoom and says of each step whether it is ok, a warning or a failure, and what to do:"
                    + " Java, configuration, plugins, alerts (with --alert), disk, permissions, a server that runs already, names, proxy, TCP and TLS to both"
                    + " hosts, token, clock, form of the subscription. A step whose precondition failed is skipped.",
            "",
            "With --connect it connects, too, and waits for a heartbeat's answer and a first event. THAT TAKES THE SUBSCRIPTION FROM"
                    + " WHOEVER HAS IT, and what comes meanwhile goes into the journal here and to nobody else; so it is"
                    + " refused beside a server on this machine. A zoom-ws that runs elsewhere takes the subscription back after half"
                    + " a minute, or after up to a quarter of an hour if it had it for less than ten minutes, and until then receives nothing.",
            "",
            "A failure is exit status 1, a warning is none. JSON has the keys step,"
                    + " subscription (null if of no single one), status (ok, warning, failure, skipped), text and remedy"
                    + " (null if there is none)."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--subscription", paramLabel = "NAME", description = "Which one to look at; default: each.")
    private @Nullable String subscription;

    @Option(
            names = "--alert",
            description = "Tells those whom zoomws.alert names that this is a test, as 'alert test' does.")
    private boolean alert;

    @Option(names = "--connect", description = "Connects, which takes the subscription from whoever has it; see above.")
    private boolean connect;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for a first event, with --connect; default: 30s.")
    private @Nullable Duration wait;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    DoctorCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        if (wait != null && !connect) {
            throw new ParameterException(spec.commandLine(), "--wait is of no use without --connect");
        }
        FindingPrinter printer = new FindingPrinter(format, streams.data());
        Doctor doctor =
                new Doctor(new Plan(Optional.ofNullable(subscription), alert, connect, patience()), around(), printer);
        LoadedConfiguration read;
        try {
            read = Configuration.read(configuration.inputs());
        } catch (ConfigurationException e) {
            doctor.examineJava();
            doctor.misconfigured(String.valueOf(e.getMessage()));
            printer.end();
            return ExitStatus.USAGE;
        }
        requireKnown(read.settings());
        doctor.examineJava();
        doctor.examine(read.settings(), notices(read));
        printer.end();
        return end(printer);
    }

    private int end(FindingPrinter printer) throws CommandException {
        if (printer.hasConnected()) {
            streams.messages()
                    .println("zoom-ws: the connection is closed again: until a server runs, nothing is received.");
        }
        if (stop.isRequested()) {
            throw new CommandException("stopped before the end of the walk");
        }
        return printer.hasFailure() ? ExitStatus.FAILED : ExitStatus.DONE;
    }

    private Duration patience() {
        return wait == null ? USUAL_WAIT : wait;
    }

    private static List<String> notices(LoadedConfiguration read) {
        return Stream.concat(read.warnings().stream(), StartNotices.warnings(read.settings()).stream())
                .toList();
    }

    private Surroundings around() {
        boolean proxyVariable = Stream.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
                .anyMatch(name -> System.getenv(name) != null);
        return new Surroundings(Clock.systemUTC(), proxyVariable, stop::isRequested, PluginMistakes::in, this::connect);
    }

    private Trial connect(Settings settings, Settings.Subscription chosen) {
        streams.messages()
                .println("zoom-ws: --connect takes the subscription " + chosen.name()
                        + " from whoever has it now, and waits up to "
                        + patience().toSeconds()
                        + " s for an event. What comes meanwhile goes into the journal in "
                        + settings.data().resolve(chosen.name())
                        + ", and the gaps before and after are stated there.");
        return TrialFeed.start(settings, chosen);
    }

    private void requireKnown(Settings settings) {
        List<String> there = settings.subscriptions().stream()
                .map(Settings.Subscription::name)
                .toList();
        if (subscription != null && !there.contains(subscription)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no subscription " + subscription + " in the configuration, only: "
                            + String.join(", ", there));
        }
    }
}
