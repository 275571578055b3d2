package io.zoomws.server.host;

import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.PluginException;
import java.util.Locale;

/** Starts an instance, in this process or in another. */
@FunctionalInterface
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
     * Refuses a plugin that cannot be rebuilt, while it may run. None of its code runs.
     *
     * @param plugin as configured
     * @param forced whether its side effects may be repeated
     * @throws PluginException if it cannot be loaded, is not {@link io.zoomws.spi.Rebuildable}, has side effects, or runs where no
     *     rebuild is possible
     */
    default void requireRebuildable(Settings.PluginInstance plugin, boolean forced) throws PluginException {
        throw new PluginException("plugin instance " + plugin.name() + " cannot be rebuilt where it runs (isolation "
                + plugin.isolation().name().toLowerCase(Locale.ROOT)
                + "): end the server, rebuild it without one, and start the server again");
    }
}
