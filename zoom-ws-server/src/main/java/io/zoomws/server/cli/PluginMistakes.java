package io.zoomws.server.cli;

import io.zoomws.server.Installation;
import io.zoomws.server.config.Settings;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the configured plugins are there, and take their settings. Nothing of them is run. */
final class PluginMistakes {

    private PluginMistakes() {}

    /** One line for each instance that could not be started. */
    static List<String> in(Settings settings) {
        PluginCatalog catalog = PluginCatalog.in(Installation.pluginFolders(settings.pluginPath()));
        List<String> mistakes = new ArrayList<>();
        for (Settings.PluginInstance instance : settings.plugins()) {
            try (Plugin plugin = catalog.find(instance.plugin())) {
                plugin.check(instance.settings());
            } catch (PluginException e) {
                mistakes.add("plugin instance " + instance.name() + ": " + e.getMessage());
            }
        }
        return mistakes;
    }
}
