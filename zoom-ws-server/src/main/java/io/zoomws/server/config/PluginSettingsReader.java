package io.zoomws.server.config;

import io.zoomws.server.plugins.RawSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects what is set for plugin instances below their {@code settings}, in whichever source. */
final class PluginSettingsReader {

    private final Layers layers;
    private final SettingsReader reader;

    PluginSettingsReader(Layers layers, SettingsReader reader) {
        this.layers = layers;
        this.reader = reader;
    }

    /**
     * What is set for one instance, the plugin's to check.
     *
     * @param instances the names of all
     */
    RawSettings read(String instance, Collection<String> instances) {
        String section = Key.PLUGIN_SETTINGS.named(instance);
        if (layers.value(section).isPresent()) {
            reader.problem(section, "must be a section: write each setting in a line of its own below it");
        }
        Map<String, YamlFile.Line> inFile = new LinkedHashMap<>();
        layers.file().ifPresent(file -> file.lines().forEach(line -> SettingKey.of(line.key())
                .filter(key -> key.instance().equals(instance))
                .ifPresent(key -> inFile.put(key.name(), line))));
        Map<String, RawSettings.Value> values = new LinkedHashMap<>();
        inFile.forEach((name, line) -> values.put(name, value(section, name, Optional.of(line))));
        for (String property : layers.properties()) {
            SettingKey.of(property)
                    .filter(key -> key.instance().equals(instance))
                    .ifPresent(key -> putIfAbsent(values, section, key.name()));
        }
        for (String variable : layers.variables().keySet()) {
            SettingKey.ofVariable(variable, instances)
                    .filter(key -> key.instance().equals(instance))
                    .ifPresent(key -> putIfAbsent(values, section, key.name()));
        }
        return new RawSettings(section, values);
    }

    private void putIfAbsent(Map<String, RawSettings.Value> values, String section, String name) {
        boolean known =
                values.keySet().stream().anyMatch(other -> Key.variable(other).equals(Key.variable(name)));
        if (!known) {
            values.put(name, value(section, name, Optional.empty()));
        }
    }

    private RawSettings.Value value(String section, String name, Optional<YamlFile.Line> line) {
        String key = section + "." + name;
        String inFile = line.flatMap(found -> layers.file().map(file -> file.origin(found.number())))
                .orElse("");
        String origin = layers.value(key).map(Layers.Value::origin).orElse(inFile);
        boolean list = line.filter(YamlFile.Line::list).isPresent() && origin.equals(inFile);
        return new RawSettings.Value(reader.text(key).orElse(""), list, origin);
    }
}
