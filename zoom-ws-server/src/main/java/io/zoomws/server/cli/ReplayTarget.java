package io.zoomws.server.cli;

import io.zoomws.server.config.Settings;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.plugins.RawSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the user means with the name of a plugin.
 *
 * @param name of the instance, or of the plugin if it is not configured
 * @param plugin its plugin
 * @param configured how it is configured; empty: it is not
 * @param settings what is set for the plugin to check
 */
record ReplayTarget(String name, Plugin plugin, Optional<Settings.PluginInstance> configured, RawSettings settings) {

    /**
     * Finds a configured instance of this name or else a plugin.
     *
     * @throws PluginException if there is neither, or the plugin is refused
     */
    static ReplayTarget find(
            String name, List<Settings.PluginInstance> instances, PluginCatalog catalog, RawSettings settings)
            throws PluginException {
        Optional<Settings.PluginInstance> configured =
                instances.stream().filter(each -> each.name().equals(name)).findFirst();
        String plugin = configured.map(Settings.PluginInstance::plugin).orElse(name);
        boolean nowhere = configured.isEmpty()
                && !instances.isEmpty()
                && catalog.listings().stream()
                        .noneMatch(listing -> listing.name().equals(name));
        if (nowhere) {
            String names = instances.stream().map(Settings.PluginInstance::name).collect(Collectors.joining(", "));
            throw new PluginException("there is no plugin instance " + name + " (configured: " + names
                    + ") and no plugin of this name (found: "
                    + catalog.listings().stream()
                            .map(PluginCatalog.Listing::name)
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        return new ReplayTarget(name, catalog.find(plugin), configured, settings);
    }

    /** Globs of the events that it is handed live; empty: all. */
    List<String> events() {
        return configured
                .map(instance -> List.of(instance.events().types().toString().split(",")))
                .orElse(List.of());
    }

    /** Ids of the accounts whose events it is handed live; empty: all. */
    List<String> accounts() {
        return configured
                .map(instance -> List.copyOf(instance.events().accounts()))
                .orElse(List.of());
    }

    /** JSON Pointer to what events belong to; empty: as the plugin says. */
    Optional<String> orderBy() {
        return configured.flatMap(Settings.PluginInstance::orderBy);
    }

    /**
     * Refuses a plugin through which a replay makes no sense, or that would do harm.
     *
     * @param forced whether the user takes that upon himself
     */
    void requireHarmless(boolean forced) throws CommandException {
        Optional<String> senseless = plugin.notReplayable();
        if (senseless.isPresent()) {
            throw new CommandException(
                    "the plugin " + plugin.name() + " cannot be replayed: " + Text.printable(senseless.get()));
        }
        Optional<String> harm = plugin.sideEffects();
        if (harm.isPresent() && !forced) {
            throw new CommandException("the plugin " + plugin.name() + " has side effects that a replay would repeat ("
                    + Text.printable(harm.get()) + "): if that is what you want, say --force");
        }
    }
}
