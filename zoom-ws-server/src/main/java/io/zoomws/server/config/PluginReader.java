package io.zoomws.server.config;

import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads the plugin instances. What is below their {@code settings} is the plugin's to check. */
final class PluginReader {

    private final SettingsReader reader;
    private final PluginSettingsReader settings;

    PluginReader(Layers layers, SettingsReader reader) {
        this.reader = reader;
        this.settings = new PluginSettingsReader(layers, reader);
    }

    List<Settings.PluginInstance> read(List<String> names) {
        List<Settings.PluginInstance> plugins = new ArrayList<>();
        for (String name : names) {
            plugins.add(plugin(name, settings.read(name, names)));
        }
        return plugins;
    }

    private Settings.PluginInstance plugin(String name, RawSettings settings) {
        String plugin = reader.text(Key.PLUGIN.named(name)).orElse(name);
        if (!SettingsReader.NAME.matcher(plugin).matches()) {
            reader.problem(Key.PLUGIN.named(name), "'" + plugin + "' is no name of a plugin directory");
        }
        return new Settings.PluginInstance(
                name,
                plugin,
                reader.parsed(Key.START.named(name), Key.START.standard(), Position::parse, Position.LATEST),
                new EventChoice(
                        reader.parsed(
                                Key.EVENTS.named(name),
                                "",
                                text -> EventFilter.of(CommaList.split(text)),
                                EventFilter.all()),
                        new LinkedHashSet<>(reader.list(Key.ACCOUNTS.named(name)))),
                reader.parsed(Key.ORDER_BY.named(name), "", PluginReader::pointer, Optional.empty()),
                reader.parsed(Key.REQUIRED.named(name), Key.REQUIRED.standard(), HttpReader::flag, false),
                reader.parsed(
                        Key.ON_LOST_POSITION.named(name),
                        Key.ON_LOST_POSITION.standard(),
                        LostPosition::parse,
                        LostPosition.STOP),
                reader.parsed(Key.ISOLATION.named(name), Key.ISOLATION.standard(), Isolation::parse, Isolation.THREAD),
                jvmOptions(name),
                settings);
    }

    private List<String> jvmOptions(String name) {
        String key = Key.JVM_OPTIONS.named(name);
        List<String> options = reader.list(key);
        options.stream()
                .filter(option -> !option.startsWith("-"))
                .findFirst()
                .ifPresent(word -> reader.problem(
                        key, "'" + word + "' is no option of a JVM: each begins with a hyphen, such as -Xmx512m"));
        return options.isEmpty() ? Settings.PluginInstance.STANDARD_JVM_OPTIONS : options;
    }

    /** A JSON Pointer; a tilde is followed by 0 or 1 (RFC 6901, section 3). */
    private static Optional<String> pointer(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.startsWith("/") || text.matches(".*~(?![01]).*")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no JSON Pointer: use one such as /payload/object/uuid");
        }
        return Optional.of(text);
    }
}
