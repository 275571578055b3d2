package io.zoomws.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what is written in a configuration but means nothing, or has not the shape of its key. */
final class UnknownKeys {

    /** Read by the launcher and by the search for plugins. */
    private static final Set<String> NOT_CONFIGURATION = Set.of("ZOOMWS_JAVA_OPTS", "ZOOMWS_LOG_LEVEL", "zoomws.home");

    private UnknownKeys() {}

    static List<Problem> in(Layers layers) {
        List<Problem> problems = new ArrayList<>();
        layers.file().ifPresent(file -> {
            for (YamlFile.Line line : file.lines()) {
                check(line, file.origin(line.number())).ifPresent(problems::add);
            }
        });
        for (String property : layers.properties()) {
            if (property.startsWith("zoomws.") && !isKnown(property) && !NOT_CONFIGURATION.contains(property)) {
                problems.add(unknown(property, "system property " + property));
            }
        }
        layers.variables().forEach((variable, origin) -> {
            if (variable.startsWith("ZOOMWS_") && !isKnownVariable(variable) && !NOT_CONFIGURATION.contains(variable)) {
                String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
                problems.add(new Problem(variable, "unknown; the nearest known key is " + Key.nearest(key), origin));
            }
        });
        return problems;
    }

    private static Optional<Problem> check(YamlFile.Line line, String origin) {
        Optional<Key> key = Key.of(line.key());
        if (key.isEmpty() && Key.isSection(line.key())) {
            return line.value() == null
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            line.key(), "is a section: write each key in a line of its own below it", origin));
        }
        if (!isKnown(line.key())) {
            return Optional.of(unknown(line.key(), origin));
        }
        boolean oneOnly = key.isPresent() && !key.get().allowed().isList();
        return oneOnly && line.list()
                ? Optional.of(new Problem(line.key(), "is a list, where one value is allowed", origin))
                : Optional.empty();
    }

    private static boolean isKnown(String key) {
        return SettingKey.of(key).isPresent() || Key.of(key).isPresent();
    }

    private static boolean isKnownVariable(String variable) {
        return SettingKey.isVariable(variable)
                || Names.namedKey(variable).isPresent()
                || Arrays.stream(Key.values())
                        .anyMatch(key ->
                                !key.hasName() && Key.variable(key.plain()).equals(variable));
    }

    private static Problem unknown(String key, String origin) {
        return new Problem(key, "unknown key; the nearest known one is " + Key.nearest(key), origin);
    }
}
