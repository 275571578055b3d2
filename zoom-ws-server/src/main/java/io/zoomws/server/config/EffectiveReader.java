package io.zoomws.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lists what every key is in the end. To be asked when the settings are known to be good. */
final class EffectiveReader {

    private final Layers layers;
    private final List<EffectiveSetting> all = new ArrayList<>();

    EffectiveReader(Layers layers) {
        this.layers = layers;
    }

    /** In the order of the declarations; subscriptions and plugin instances one after the other. */
    List<EffectiveSetting> read(Settings settings) {
        Arrays.stream(Key.values()).filter(key -> !key.hasName()).forEach(key -> add(key, key.plain(), key.standard()));
        boolean only = settings.subscriptions().size() == 1;
        settings.subscriptions().forEach(subscription -> addSubscription(subscription, only));
        settings.plugins().forEach(this::addPlugin);
        return all;
    }

    private void addSubscription(Settings.Subscription subscription, boolean only) {
        for (Key key : keysBelow(Key.SUBSCRIPTIONS)) {
            String whole = key.named(subscription.name());
            Optional<Layers.Value> set =
                    layers.value(whole).or(() -> only ? ofVariable(key, subscription.name()) : Optional.empty());
            String origin = set.map(Layers.Value::origin).orElse("");
            switch (key) {
                // What was pasted here may be an address that holds a token.
                case SUBSCRIPTION_ID -> put(key, whole, subscription.subscriptionId(), origin);
                case WEBSOCKET_URL ->
                    put(key, whole, subscription.webSocketUrl().toString(), origin);
                default -> put(key, whole, set.map(Layers.Value::text).orElse(key.standard()), origin);
            }
        }
    }

    /** The {@code ZOOM_} variable that stands in for a key, unless another key says the same. */
    private Optional<Layers.Value> ofVariable(Key key, String subscription) {
        for (ZoomVariable variable : ZoomVariable.values()) {
            boolean saidElsewhere = variable.keys().stream()
                    .anyMatch(other -> layers.value(other.named(subscription)).isPresent());
            if (variable.keys().get(0) == key && !saidElsewhere) {
                return isInFile(key, subscription) ? Optional.empty() : layers.value(variable.variable());
            }
        }
        return Optional.empty();
    }

    private boolean isInFile(Key key, String subscription) {
        return key == Key.CLIENT_SECRET
                && layers.value(Key.CLIENT_SECRET_FILE.named(subscription)).isPresent();
    }

    private void addPlugin(Settings.PluginInstance plugin) {
        for (Key key : keysBelow(Key.PLUGINS)) {
            String standard = key == Key.PLUGIN ? plugin.name() : key.standard();
            if (key != Key.PLUGIN_SETTINGS) {
                add(key, key.named(plugin.name()), standard);
            }
        }
        String section = Key.PLUGIN_SETTINGS.named(plugin.name());
        plugin.settings()
                .values()
                .forEach((name, value) ->
                        all.add(EffectiveSetting.ofPlugin(section + "." + name, value.text(), value.origin())));
    }

    private void add(Key key, String whole, String standard) {
        Optional<Layers.Value> set = layers.value(whole);
        put(
                key,
                whole,
                set.map(Layers.Value::text).orElse(standard),
                set.map(Layers.Value::origin).orElse(""));
    }

    private void put(Key key, String whole, String written, String origin) {
        String value = key.allowed().isList() ? String.join(", ", CommaList.split(written)) : written;
        all.add(EffectiveSetting.of(key, whole, value, origin));
    }

    private static List<Key> keysBelow(String section) {
        return Arrays.stream(Key.values()).filter(key -> key.isBelow(section)).toList();
    }
}
