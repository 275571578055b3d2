package io.zoomws.server.plugins;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where plugins are looked for when the configuration does not say. */
public final class PluginFolders {

    private PluginFolders() {}

    /**
     * The folders of an installation: {@code plugins} beside the server's jar, or beside the folder {@code lib} in which it lies,
     * and, where the jar lies in a source tree, {@code plugins/*}{@code /target/plugin} of the tree.
     *
     * @param home the folder of the server's jar
     * @return folders whose sub-folders are plugins
     */
    public static List<Path> of(Path home) {
        List<Path> folders = new ArrayList<>();
        Path installed = home.endsWith("lib") ? home.resolveSibling("plugins") : home.resolve("plugins");
        if (Files.isDirectory(installed)) {
            folders.add(installed);
        }
        sourceTree(home).ifPresent(tree -> {
            for (Path project : directoriesIn(tree.resolve("plugins"))) {
                Path built = project.resolve("target").resolve("plugin");
                if (Files.isDirectory(built)) {
                    folders.add(built);
                }
            }
        });
        return folders;
    }

    /** The root of the source tree, if home is its {@code zoom-ws-server/target} or a folder of classes in there. */
    private static Optional<Path> sourceTree(Path home) {
        Path folder = home.toAbsolutePath().normalize();
        while (folder != null) {
            Path parent = folder.getParent();
            if (parent != null
                    && folder.endsWith("zoom-ws-server")
                    && Files.isRegularFile(folder.resolve("pom.xml"))
                    && Files.isDirectory(parent.resolve("plugins"))) {
                return Optional.of(parent);
            }
            folder = parent;
        }
        return Optional.empty();
    }

    /** Sub-folders in alphabetical order, hidden ones left out; none if the folder cannot be read. */
    static List<Path> directoriesIn(Path folder) {
        List<Path> directories = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    directories.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        Collections.sort(directories);
        return directories;
    }
}
