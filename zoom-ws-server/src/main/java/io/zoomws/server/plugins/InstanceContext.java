package io.zoomws.server.plugins;

import io.zoomws.spi.PluginContext;
import java.nio.file.Path;

/**
 * Who a handler is.
 *
 * @param instance name of the instance
 * @param subscription whose journal it is handed
 * @param directory for files of its own
 */
public record InstanceContext(String instance, String subscription, Path directory) implements PluginContext {}
