package io.zoomws.server.cli;

import io.zoomws.server.host.PluginRequests;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how the plugin instances of a running server are. */
@Command(
        name = "status",
        description = {
            "Prints how the plugin instances of the running server are: state, position, lag (durable entries still to come), what"
                    + " they have done since the server began, and what is wrong.",
            "",
            "JSON has the keys of /api/v1/plugins."
        })
final class PluginsStatusCommand implements Callable<Integer> {

    private static final String[] COLUMNS = {
        "name", "plugin", "state", "position", "lag", "handled", "parkedNow", "retries", "problem"
    };

    @Mixin
    private final RunningServer server = new RunningServer();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    PluginsStatusCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        List<?> plugins =
                server.ask(PluginRequests.STATUS, Map.of()).get("plugins") instanceof List<?> list ? list : List.of();
        Table table = table(plugins);
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }

    /** For people the columns that they look for; for machines whatever the server tells. */
    private Table table(List<?> plugins) {
        String[] keys = COLUMNS;
        if (format == TableFormat.json && !plugins.isEmpty() && plugins.get(0) instanceof Map<?, ?> first) {
            keys = first.keySet().stream().map(String::valueOf).toArray(String[]::new);
        }
        Table table = new Table(keys);
        for (Object plugin : plugins) {
            if (plugin instanceof Map<?, ?> fields) {
                table.row(Stream.of(keys).map(fields::get).toArray());
            }
        }
        return table;
    }
}
