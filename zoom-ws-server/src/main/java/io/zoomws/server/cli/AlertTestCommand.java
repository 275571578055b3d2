package io.zoomws.server.cli;

import io.zoomws.server.alert.Alert;
import io.zoomws.server.alert.AlertException;
import io.zoomws.server.alert.AlertTarget;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.Settings;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells whom the configuration names that nothing is wrong. */
@Command(
        name = "test",
        description = {
            "Runs the command, or posts to the address, that zoomws.alert names, with an alert that says that it is a test: as the"
                    + " server would, by the same way and with the same limits. Needs no running server.",
            "",
            "Exit status 0: it was told, as far as can be seen from here; 1: it was not, and the line says why."
        })
final class AlertTestCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    private final Streams streams;

    AlertTestCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = Configuration.load(configuration.inputs());
        AlertTarget target = AlertTarget.of(
                        settings.alert(), settings.connection().transport())
                .orElseThrow(() -> new CommandException(
                        "nobody is told of alerts: set zoomws.alert.command, or zoomws.alert.url-file"));
        try {
            target.tell(Alert.test(Clock.systemUTC().instant()));
        } catch (AlertException e) {
            throw new CommandException("the alert was NOT told: " + e.getMessage());
        }
        streams.messages().println("zoom-ws: the alert was told");
        return ExitStatus.DONE;
    }
}
