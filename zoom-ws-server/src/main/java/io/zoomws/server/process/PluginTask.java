package io.zoomws.server.process;

import io.zoomws.server.delivery.PluginInstance;
import java.nio.file.Path;
import java.util.List;

/**
 * What a child process is to run.
 *
 * @param data the data directory, absolute
 * @param subscription whose journal is followed
 * @param pluginFolders folders whose sub-folders are plugins, absolute
 * @param plugin name of the plugin directory
 * @param definition the instance
 * @param required whether retention waits for it
 */
public record PluginTask(
        Path data,
        String subscription,
        List<Path> pluginFolders,
        String plugin,
        PluginInstance.Definition definition,
        boolean required) {

    /** Makes paths absolute, since a child may look from elsewhere. */
    public PluginTask {
        data = data.toAbsolutePath().normalize();
        pluginFolders = pluginFolders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }
}
