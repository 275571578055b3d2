package io.zoomws.server.cli;

import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.ConfigurationInputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration and the data are. */
final class ConfigurationOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration; default: ./zoom-ws.yaml, if there is one.")
    private @Nullable Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory; default: zoomws.data of the configuration, or ./data.")
    private @Nullable Path data;

    ConfigurationInputs inputs() {
        Map<String, String> overrides = data == null ? Map.of() : Map.of("zoomws.data", data.toString());
        return ConfigurationInputs.ofProcess(Optional.ofNullable(file), overrides);
    }

    Path dataDirectory() throws ConfigurationException {
        return data == null ? Configuration.dataDirectory(inputs()) : data;
    }
}
