package io.zoomws.server.cli;

import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.EffectiveSetting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a server started now would go by. */
@Command(
        name = "show",
        description = {
            "Prints every setting that a server started now would have, and where it was set; 'default' if nowhere.",
            "",
            "Secrets, and all that belongs to plugins, are printed as ***."
        })
final class ConfigShowCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    ConfigShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Table table = new Table("key", "value", "origin");
        for (EffectiveSetting setting :
                Configuration.read(configuration.inputs()).effective()) {
            table.row(
                    setting.key(),
                    setting.value().orElse(null),
                    setting.origin().orElse("default"));
        }
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }
}
