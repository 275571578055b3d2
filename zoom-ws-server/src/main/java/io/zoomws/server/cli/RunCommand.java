package io.zoomws.server.cli;

import io.zoomws.server.ConfigurationSource;
import io.zoomws.server.HangUp;
import io.zoomws.server.Server;
import io.zoomws.server.Standby;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Configuration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server. */
@Command(
        name = "run",
        description =
                "Receives the events of the configured subscriptions, journals them and delivers them to the configured"
                        + " plugins, until it is told to stop (Ctrl-C or SIGTERM). SIGHUP has it read its configuration again, as 'config reload' does. Without a file, the variables ZOOM_CLIENT_ID,"
                        + " ZOOM_CLIENT_SECRET and ZOOM_SUBSCRIPTION_ID suffice, and ZOOM_ACCOUNT_ID if the app needs it.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--standby",
            description =
                    "If another server of this machine writes the journals, waits until it has ended, however that"
                            + " comes, and goes on in its place. Answers no HTTP until then.")
    private boolean standby;

    private final StopRequest stop;

    private final HangUp hangUp;

    RunCommand(StopRequest stop, HangUp hangUp) {
        this.stop = stop;
        this.hangUp = hangUp;
    }

    @Override
    public Integer call() throws Exception {
        // The inputs anew with each reload: there may be a zoom-ws.yaml by then.
        ConfigurationSource source = () -> Configuration.read(configuration.inputs());
        Optional<Server> started = standby ? standBy(source) : Optional.of(Server.start(source));
        if (started.isPresent()) {
            serve(started.get());
        }
        return ExitStatus.DONE;
    }

    /** The configuration is read when it takes over: until then there is nothing to reload. */
    private Optional<Server> standBy(ConfigurationSource source) throws Exception {
        hangUp.reloads(() -> {});
        return new Standby(source, stop).takeOver();
    }

    private void serve(Server started) throws Exception {
        try (Server server = started) {
            hangUp.reloads(server::reload);
            Optional<String> failure = server.await(stop);
            if (failure.isPresent()) {
                throw new CommandException(failure.get());
            }
        }
    }
}
