package io.zoomws.server.cli;

import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.LoadedConfiguration;
import io.zoomws.server.config.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a server could be started with this configuration. */
@Command(
        name = "check",
        description = {
            "Reads the configuration as the server does, and names every mistake: exit status 2 if there is one.",
            "",
            "The plugins are looked at, too: whether they are there, and take their settings. Nothing of them is run, and nothing"
                    + " is connected to."
        })
final class ConfigCheckCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    private final Streams streams;

    ConfigCheckCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        LoadedConfiguration read = Configuration.read(configuration.inputs());
        read.warnings().forEach(this::say);
        Settings settings = read.settings();
        List<String> mistakes = PluginMistakes.in(settings);
        mistakes.forEach(this::say);
        if (!mistakes.isEmpty()) {
            return ExitStatus.USAGE;
        }
        say("the configuration is good: " + settings.subscriptions().size() + " subscriptions, "
                + settings.plugins().size() + " plugin instances");
        return ExitStatus.DONE;
    }

    private void say(String line) {
        streams.messages().println("zoom-ws: " + Text.printable(line));
    }
}
