package io.zoomws.server.config;

import io.zoomws.server.plugins.RawSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        return read(inputs).settings();
    }

    /**
     * Reads and checks everything, and keeps where each value comes from.
     *
     * @param inputs where from
     * @return the settings, and what can be told of them
     * @throws ConfigurationException if anything is wrong; it names every mistake
     */
    public static LoadedConfiguration read(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.effectiveFile());
        Layers layers = Layers.of(inputs);
        SettingsReader reader = new SettingsReader(layers);
        Settings settings = reader.read();
        requireNone(inputs, reader.problems());
        return new LoadedConfiguration(settings, new EffectiveReader(layers).read(settings), reader.warnings());
    }

    /**
     * Reads only where the data is, for commands that need no more; mistakes elsewhere do not matter to them.
     *
     * @param inputs where from
     * @return the data directory
     * @throws ConfigurationException if a file is named that cannot be read
     */
    public static Path dataDirectory(ConfigurationInputs inputs) throws ConfigurationException {
        requireFile(inputs.effectiveFile());
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
        requireFile(inputs.effectiveFile());
        return Layers.of(inputs).value(Key.PLUGIN_PATH.plain()).map(value -> CommaList.split(value.text())).stream()
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
        requireFile(inputs.effectiveFile());
        SettingsReader reader = new SettingsReader(Layers.of(inputs));
        List<Settings.PluginInstance> plugins = reader.readPlugins();
        requireNone(inputs, reader.problems());
        return plugins;
    }

    /**
     * Reads only the settings of one plugin instance, as {@link #pluginPath} does.
     *
     * @param inputs where from
     * @param instance its name; it need not be configured
     * @return what is set, for the plugin to check
     * @throws ConfigurationException if a file is named that cannot be read, or a setting names a variable that is not set
     */
    public static RawSettings pluginSettings(ConfigurationInputs inputs, String instance)
            throws ConfigurationException {
        requireFile(inputs.effectiveFile());
        Layers layers = Layers.of(inputs);
        SettingsReader reader = new SettingsReader(layers);
        Set<String> instances = new LinkedHashSet<>(new Names(layers).plugins());
        instances.add(instance);
        RawSettings settings = new PluginSettingsReader(layers, reader).read(instance, instances);
        requireNone(inputs, reader.problems());
        return settings;
    }

    private static void requireFile(Optional<Path> file) throws ConfigurationException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new ConfigurationException(
                    (Files.exists(file.get())
                                    ? file.get() + " is no file"
                                    : "there is no configuration file " + file.get())
                            + ": name an existing one with -c",
                    List.of());
        }
    }

    private static void requireNone(ConfigurationInputs inputs, List<Problem> problems) throws ConfigurationException {
        if (!problems.isEmpty()) {
            List<String> lines = problems.stream().distinct().map(Problem::line).toList();
            throw new ConfigurationException(headline(inputs, lines.size()), lines);
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
