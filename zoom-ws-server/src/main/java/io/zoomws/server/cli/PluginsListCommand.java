package io.zoomws.server.cli;

import io.zoomws.server.Installation;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.plugins.PluginCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints which plugins there are. */
@Command(name = "list", description = "Prints the plugins that were found, the refused ones with the reason.")
final class PluginsListCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    PluginsListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        PluginCatalog catalog =
                PluginCatalog.in(Installation.pluginFolders(Configuration.pluginPath(configuration.inputs())));
        Table table = new Table("plugin", "state", "handler", "path", "reason");
        for (PluginCatalog.Listing listing : catalog.listings()) {
            if (listing.state() instanceof PluginCatalog.Usable usable) {
                table.row(listing.name(), "usable", usable.plugin().handlerClass(), listing.path(), null);
            } else if (listing.state() instanceof PluginCatalog.Refused refused) {
                table.row(listing.name(), "refused", null, listing.path(), refused.reason());
            }
        }
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }
}
