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
        return PluginInstance.start(plugin.definition(), () -> load(plugin), access);
    }

    @Override
    public Plugin load(Settings.PluginInstance plugin) throws PluginException {
        return folders.get().find(plugin.plugin());
    }
}
