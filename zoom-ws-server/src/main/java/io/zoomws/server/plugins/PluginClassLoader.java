package io.zoomws.server.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plugin directory. It sees the JDK, the jars of the directory and, of the host, only the packages of
 * the contract; so a plugin may bring any library in any version, ours included.
 *
 * <p>The idea is Trino's {@code PluginClassLoader}: the platform loader as parent, and an allow-list of host packages that
 * no jar of the plugin can replace.
 */
final class PluginClassLoader extends URLClassLoader {

    private static final List<String> HOST_PACKAGES =
            List.of("io.zoomws.spi.", "com.google.inject.", "jakarta.inject.", "org.aopalliance.", "org.slf4j.");

    private final ClassLoader host;

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String plugin, URL[] jars, ClassLoader host) {
        super("plugin " + plugin, jars, ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (HOST_PACKAGES.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isHostResource(name) ? host.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isHostResource(name) ? host.getResources(name) : super.getResources(name);
    }

    private static boolean isHostResource(String name) {
        String dotted = name.replace('/', '.');
        return HOST_PACKAGES.stream().anyMatch(dotted::startsWith);
    }
}
