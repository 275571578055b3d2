package io.zoomws.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a configuration is read from.
 *
 * @param file the file named by the user; empty: {@code zoom-ws.yaml} in the directory, if it exists
 * @param directory the working directory
 * @param overrides keys set on the command line
 * @param properties system properties
 * @param environment environment variables
 */
public record ConfigurationInputs(
        Optional<Path> file,
        Path directory,
        Map<String, String> overrides,
        Map<String, String> properties,
        Map<String, String> environment) {

    /**
     * The inputs of this process.
     *
     * @param file the file named by the user, if any
     * @param overrides keys set on the command line
     * @return the inputs
     */
    public static ConfigurationInputs ofProcess(Optional<Path> file, Map<String, String> overrides) {
        Properties system = System.getProperties();
        Map<String, String> properties = new TreeMap<>();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        return new ConfigurationInputs(file, Path.of(""), overrides, properties, System.getenv());
    }

    /** The file to read, if there is one. */
    Optional<Path> effectiveFile() {
        return file.or(() -> Optional.of(directory.resolve("zoom-ws.yaml")).filter(Files::exists));
    }

    /** The {@code .env} file: beside the configuration file, or in the working directory. */
    Path dotEnv() {
        return effectiveFile().map(yaml -> yaml.resolveSibling(".env")).orElseGet(() -> directory.resolve(".env"));
    }
}
