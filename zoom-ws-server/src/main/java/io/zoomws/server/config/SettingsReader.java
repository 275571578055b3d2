package io.zoomws.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns layers into settings and collects every mistake on the way. */
final class SettingsReader {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private final Layers layers;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    SettingsReader(Layers layers) {
        this.layers = layers;
    }

    List<Problem> problems() {
        return problems;
    }

    /** What is allowed and yet probably not meant. */
    List<String> warnings() {
        return warnings;
    }

    Settings read() {
        problems.addAll(layers.problems());
        problems.addAll(UnknownKeys.in(layers));
        Names names = new Names(layers);
        ConnectionReader connection = new ConnectionReader(layers, this);
        SubscriptionReader subscriptions = new SubscriptionReader(layers, this, connection.allowsInsecure());
        Settings settings = new Settings(
                path(Key.DATA),
                subscriptions.read(checked(Key.SUBSCRIPTIONS, names.subscriptions())),
                list(Key.PLUGIN_PATH.plain()).stream().map(Path::of).toList(),
                connection.read(),
                plugins(names),
                new HttpReader(this).read(),
                new StorageReader(this).read(),
                new RetentionReader(this).read(),
                new AlertReader(layers, this).read(),
                new LogReader(this).read());
        settings.subscriptions().forEach(subscription -> subscriptions.checkWay(subscription, settings.connection()));
        return settings;
    }

    /** Only the plugin instances; what is wrong elsewhere is no problem. */
    List<Settings.PluginInstance> readPlugins() {
        return plugins(new Names(layers));
    }

    private List<Settings.PluginInstance> plugins(Names names) {
        return new PluginReader(layers, this).read(checked(Key.PLUGINS, names.plugins()));
    }

    private List<String> checked(String section, Set<String> names) {
        List<String> good = new ArrayList<>();
        for (String name : names) {
            if (NAME.matcher(name).matches()) {
                good.add(name);
            } else {
                problems.add(new Problem(
                        section + "." + name,
                        "'" + name + "' is no name: use letters, digits, hyphens and underscores,"
                                + " beginning with a letter or digit, at most 100",
                        ""));
            }
        }
        return good;
    }

    private Path path(Key key) {
        return parsed(key.plain(), key.standard(), Path::of, Path.of(""));
    }

    /** The elements of a list; empty if it is not set. */
    List<String> list(String key) {
        return text(key).map(CommaList::split).orElseGet(List::of);
    }

    /** The value of a key; what cannot be expanded is a problem. */
    Optional<String> text(String key) {
        Optional<Layers.Value> value = layers.value(key);
        if (value.isPresent() && value.get().unexpanded()) {
            // The text may hold a part of a secret.
            problems.add(new Problem(
                    key,
                    "names a variable that is not set: set it, or give a default as in ${NAME:default}",
                    value.get().origin()));
            return Optional.empty();
        }
        return value.map(Layers.Value::text);
    }

    <T> T parsed(String key, String standard, Function<String, T> parser, T whenWrong) {
        String text = text(key).orElse(standard);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return whenWrong;
        }
    }

    void warning(String key, String text) {
        warnings.add(new Problem(key, text, origin(key)).line());
    }

    void problem(String key, String text) {
        problems.add(new Problem(key, text, origin(key)));
    }

    private String origin(String key) {
        return layers.value(key).map(Layers.Value::origin).orElse("");
    }
}
