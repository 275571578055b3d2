package io.zoomws.server.cli;

import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.ConfigurationInputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the plugins are, for a command that takes nothing else from a configuration. */
final class PluginPathOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration, of which only zoomws.plugin-path is used.")
    private @Nullable Path file;

    List<Path> folders() throws ConfigurationException {
        return Configuration.pluginPath(ConfigurationInputs.ofProcess(Optional.ofNullable(file), Map.of()));
    }
}
