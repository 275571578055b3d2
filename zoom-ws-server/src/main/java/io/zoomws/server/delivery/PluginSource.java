package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;

/** Where the plugin of an instance comes from. */
@FunctionalInterface
public interface PluginSource {
    /**
     * Loads it, in a class loader of its own, which the instance closes when it has ended.
     *
     * @return the plugin
     * @throws PluginException if it cannot be used
     */
    Plugin plugin() throws PluginException;
}
