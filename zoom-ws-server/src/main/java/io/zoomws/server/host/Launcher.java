package io.zoomws.server.host;

import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;

/** Starts an instance, in this process or in another. */
public interface Launcher {

    /**
     * Loads the plugin as it lies in its folder now, and starts an instance of it. None of the plugin's code runs on the calling
     * thread.
     *
     * @param plugin as configured
     * @param access to the subscription to follow; its reader remains the caller's to close, after the instance has ended
     * @return the running instance; when it has ended, nothing of its plugin is held open any more
     * @throws PluginException if the plugin or its position cannot be used
     * @throws io.zoomws.spi.JournalException if the cursor is held by another, or cannot be read
     */
    RunningInstance launch(Settings.PluginInstance plugin, SubscriptionAccess access) throws PluginException;

    /**
     * Loads the plugin as it lies in its folder now, to be looked at. None of its code runs.
     *
     * @param plugin as configured
     * @return the plugin, to be closed by the caller
     * @throws PluginException if it cannot be used
     */
    Plugin load(Settings.PluginInstance plugin) throws PluginException;

    /**
     * Refuses a plugin that cannot be rebuilt, while it may run. None of its code runs.
     *
     * @param plugin as configured
     * @param forced whether its side effects may be repeated
     * @throws PluginException if it cannot be loaded, is not {@link io.zoomws.spi.Rebuildable}, or has side effects
     */
    default void requireRebuildable(Settings.PluginInstance plugin, boolean forced) throws PluginException {
        try (Plugin found = load(plugin)) {
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
