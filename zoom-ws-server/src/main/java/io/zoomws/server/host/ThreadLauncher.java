package io.zoomws.server.host;

import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import java.util.function.Supplier;

/**
 * Runs instances in this process, each on a thread of its own with classes of its own: two instances of one plugin share no
 * static field, and each has the jars that were there when it started.
 */
public final class ThreadLauncher implements Launcher {

    private final Supplier<PluginCatalog> folders;

    /**
     * Takes plugins from folders.
     *
     * @param folders looked into at each start
     */
    public ThreadLauncher(Supplier<PluginCatalog> folders) {
        this.folders = folders;
    }

    @Override
    public RunningInstance launch(Settings.PluginInstance plugin, SubscriptionAccess access) throws PluginException {
        PluginInstance.Definition definition = new PluginInstance.Definition(
                plugin.name(),
                plugin.events(),
                plugin.orderBy(),
                plugin.start(),
                plugin.onLostPosition(),
                plugin.settings());
        return PluginInstance.start(definition, () -> folders.get().find(plugin.plugin()), access);
    }

    @Override
    public void requireRebuildable(Settings.PluginInstance plugin, boolean forced) throws PluginException {
        try (Plugin found = folders.get().find(plugin.plugin())) {
            if (!found.isRebuildable()) {
                throw new PluginException(
                        "the plugin " + found.name() + " cannot be rebuilt: its handler " + found.handlerClass()
                                + " is not Rebuildable; replay it beside the live instance, without --rebuild");
            }
            if (found.sideEffects().isPresent() && !forced) {
                throw new PluginException(
                        "the plugin " + found.name() + " has side effects that a rebuild would repeat ("
                                + found.sideEffects().get() + "): if that is what you want, say --force");
            }
        }
    }
}
