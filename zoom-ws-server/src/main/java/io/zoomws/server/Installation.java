package io.zoomws.server;

import io.zoomws.server.plugins.PluginFolders;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Where this server is installed, and which version it is. */
public final class Installation {

    private Installation() {}

    /**
     * The folders in which plugins are looked for.
     *
     * @param configured by the user; empty: those of the installation
     * @return folders whose sub-folders are plugins
     */
    public static List<Path> pluginFolders(List<Path> configured) {
        return configured.isEmpty() ? PluginFolders.of(home()) : configured;
    }

    /**
     * The version of the server.
     *
     * @return from the jar's manifest
     */
    public static String version() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** The folder of the server's jar, unless the system property {@code zoomws.home} names another. */
    private static Path home() {
        String named = System.getProperty("zoomws.home");
        if (named != null) {
            return Path.of(named);
        }
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Path.of("");
        }
        try {
            URI uri = source.getLocation().toURI();
            Path location = Path.of(uri);
            Path folder = location.getParent();
            return folder == null ? location : folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the server's jar has no path", e);
        }
    }
}
