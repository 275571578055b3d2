package io.zoomws.server.status;

/**
 * A number that a plugin tells of itself.
 *
 * @param plugin name of the instance
 * @param subscription whose journal it follows
 * @param name as the plugin gave it
 * @param counter whether it only rises
 * @param text what it tells, in the plugin's words
 * @param value now
 */
public record PluginNumber(
        String plugin, String subscription, String name, boolean counter, String text, double value) {}
