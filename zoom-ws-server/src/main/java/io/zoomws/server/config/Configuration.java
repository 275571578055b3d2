package io.zoomws.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads configurations. */
public final class Configuration {

    private Configuration() {}

    /**
     * Reads and checks everything.
     *
     * @param inputs where from
     * @return the settings
     * @throws ConfigurationException if anything is wrong; it names every mistake
     */
    public static Settings load(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.file());
        SettingsReader reader = new SettingsReader(Layers.of(inputs));
        Settings settings = reader.read();
        requireNoProblem(inputs, reader);
        return settings;
    }

    private static void requireNoProblem(ConfigurationInputs inputs, SettingsReader reader)
            throws ConfigurationException {
        if (!reader.problems().isEmpty()) {
            List<String> lines =
                    reader.problems().stream().distinct().map(Problem::line).toList();
            throw new ConfigurationException(headline(inputs, lines.size()), lines);
        }
    }

    /**
     * Reads only where the data is, for commands that need no more; mistakes elsewhere do not matter to them.
     *
     * @param inputs where from
     * @return the data directory
     * @throws ConfigurationException if a file is named that cannot be read
     */
    public static Path dataDirectory(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.file());
        return Path.of(Layers.of(inputs)
                .value(Key.DATA.plain())
                .map(Layers.Value::text)
                .orElse(Key.DATA.standard()));
    }

    /**
     * Reads only where the plugins are, as {@link #dataDirectory} does.
     *
     * @param inputs where from
     * @return the folders; empty: those of the installation
     * @throws ConfigurationException if a file is named that cannot be read
     */
    public static List<Path> pluginPath(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.file());
        return Layers.of(inputs).value(Key.PLUGIN_PATH.plain()).map(value -> Layers.split(value.text())).stream()
                .flatMap(List::stream)
                .map(Path::of)
                .toList();
    }

    /**
     * Reads only the plugin instances, as {@link #dataDirectory} does.
     *
     * @param inputs where from
     * @return in the order of the file; may be empty
     * @throws ConfigurationException if a file is named that cannot be read, or anything about an instance is wrong
     */
    public static List<Settings.PluginInstance> plugins(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.file());
        SettingsReader reader = new SettingsReader(Layers.of(inputs));
        List<Settings.PluginInstance> plugins = reader.readPlugins();
        requireNoProblem(inputs, reader);
        return plugins;
    }

    private static void requireFile(Optional<Path> file) throws ConfigurationException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new ConfigurationException(
                    "there is no configuration file " + file.get() + ": name an existing one with -c", List.of());
        }
    }

    private static String headline(ConfigurationInputs inputs, int count) {
        String what = count == 1 ? "1 mistake" : count + " mistakes";
        return inputs.effectiveFile()
                .map(file -> what + " in the configuration (file " + file + "):")
                .orElse(what + " in the configuration (no file zoom-ws.yaml here, so variables only;"
                        + " a .env file is read too):");
    }
}
