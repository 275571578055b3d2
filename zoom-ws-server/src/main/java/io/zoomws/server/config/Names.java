package io.zoomws.server.config;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The names that the user gave to subscriptions and plugin instances, in whichever source they occur. */
final class Names {

    private final Layers layers;
    private final Set<String> subscriptions;
    private final Set<String> plugins;

    Names(Layers layers) {
        this.layers = layers;
        this.subscriptions = find(Key.SUBSCRIPTIONS);
        this.plugins = find(Key.PLUGINS);
    }

    Set<String> subscriptions() {
        return subscriptions;
    }

    Set<String> plugins() {
        return plugins;
    }

    private Set<String> find(String section) {
        Set<String> names = new LinkedHashSet<>();
        layers.file().ifPresent(file -> names.addAll(file.childrenOf(section)));
        for (Key key : Key.namedLongestFirst()) {
            if (key.isBelow(section)) {
                layers.properties().stream()
                        .filter(property -> SettingKey.of(property).isEmpty())
                        .forEach(property -> key.nameIn(property).ifPresent(names::add));
            }
        }
        if (section.equals(Key.PLUGINS)) {
            findBySettings(names);
        }
        for (String variable : layers.variables().keySet()) {
            if (SettingKey.ofVariable(variable, names).isPresent()) {
                continue;
            }
            namedKey(variable).filter(key -> key.isBelow(section)).ifPresent(key -> {
                String inVariable = key.nameInVariable(variable).orElseThrow();
                if (names.stream().noneMatch(name -> Key.variable(name).equals(inVariable))) {
                    names.add(inVariable.toLowerCase(Locale.ROOT));
                }
            });
        }
        return names;
    }

    /** An instance may be known by nothing but its settings. */
    private void findBySettings(Set<String> names) {
        layers.properties()
                .forEach(property ->
                        SettingKey.of(property).map(SettingKey::instance).ifPresent(names::add));
        for (String variable : layers.variables().keySet()) {
            SettingKey.ofVariable(variable, names).map(SettingKey::instance).ifPresent(names::add);
        }
    }

    /** The key with a name that an environment variable stands for. */
    static Optional<Key> namedKey(String variable) {
        return Key.namedLongestFirst().stream()
                .filter(key -> key.nameInVariable(variable).isPresent())
                .findFirst();
    }
}
