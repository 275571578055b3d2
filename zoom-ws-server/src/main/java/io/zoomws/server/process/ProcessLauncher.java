package io.zoomws.server.process;

import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.host.Launcher;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Runs instances in processes of their own. */
public final class ProcessLauncher implements Launcher {

    private final Path data;
    private final Supplier<List<Path>> pluginFolders;

    /**
     * Takes plugins from folders.
     *
     * @param data the data directory
     * @param pluginFolders looked into at each start
     */
    public ProcessLauncher(Path data, Supplier<List<Path>> pluginFolders) {
        this.data = data;
        this.pluginFolders = pluginFolders;
    }

    @Override
    public RunningInstance launch(Settings.PluginInstance plugin, SubscriptionAccess access) throws PluginException {
        List<Path> folders = pluginFolders.get();
        PluginTask task = new PluginTask(
                data, access.reader().subscription(), folders, plugin.plugin(), plugin.definition(), plugin.required());
        return ProcessInstance.start(
                task, () -> load(plugin), access, ChildJvm.with(plugin.jvmOptions()), new Random());
    }

    @Override
    public Plugin load(Settings.PluginInstance plugin) throws PluginException {
        return PluginCatalog.in(pluginFolders.get()).find(plugin.plugin());
    }
}
