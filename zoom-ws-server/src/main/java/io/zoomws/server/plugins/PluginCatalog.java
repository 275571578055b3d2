package io.zoomws.server.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plugins that are there: those that can be used, and those that are refused, with the reason. */
public final class PluginCatalog {

    /**
     * One plugin directory.
     *
     * @param name of the plugin
     * @param path of its directory; of several if they have one name
     * @param state usable or refused
     */
    public record Listing(String name, Path path, State state) {}

    /** Whether a plugin can be used. */
    public sealed interface State {}

    /**
     * It can.
     *
     * @param plugin ready to build handlers
     */
    public record Usable(Plugin plugin) implements State {}

    /**
     * It cannot.
     *
     * @param reason one line naming plugin, jar and remedy
     */
    public record Refused(String reason) implements State {}

    private final List<Path> folders;
    private final Map<String, List<PluginDirectory>> directories;

    private PluginCatalog(List<Path> folders, Map<String, List<PluginDirectory>> directories) {
        this.folders = folders;
        this.directories = directories;
    }

    /**
     * Looks which directories there are. Nothing is loaded yet.
     *
     * @param folders whose sub-folders are plugins
     * @return what was found
     */
    public static PluginCatalog in(List<Path> folders) {
        Map<String, List<PluginDirectory>> byName = new TreeMap<>();
        for (Path folder : folders) {
            for (Path directory : PluginFolders.directoriesIn(folder)) {
                String name = directory.getFileName().toString();
                byName.computeIfAbsent(name, ignored -> new ArrayList<>()).add(new PluginDirectory(name, directory));
            }
        }
        return new PluginCatalog(folders, byName);
    }

    private static Plugin load(List<PluginDirectory> directories) throws PluginException {
        PluginDirectory first = directories.get(0);
        if (directories.size() > 1) {
            throw first.refused(
                    first.path(),
                    "there is another of this name in " + directories.get(1).path(),
                    "rename or remove one of the two folders");
        }
        return Plugin.load(first);
    }

    /**
     * Loads everything that was found, each in a class loader of its own. A bad plugin harms none but itself.
     *
     * @return usable and refused plugins, by name; the usable ones are the caller's to close
     */
    public List<Listing> listings() {
        return directories.values().stream().map(PluginCatalog::listing).toList();
    }

    private static Listing listing(List<PluginDirectory> directories) {
        PluginDirectory first = directories.get(0);
        try {
            return new Listing(first.name(), first.path(), new Usable(load(directories)));
        } catch (PluginException e) {
            return new Listing(first.name(), first.path(), new Refused(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The folders that were looked into and do not exist.
     *
     * @return probably mistakes
     */
    public List<Path> missingFolders() {
        return folders.stream().filter(folder -> !Files.isDirectory(folder)).toList();
    }

    /**
     * Loads a plugin to use, anew with each call: two that were found share no class and no static field.
     *
     * @param name of its directory
     * @return the plugin, to be closed by the caller
     * @throws PluginException if it is not there or refused; the message says which and what to do
     */
    public Plugin find(String name) throws PluginException {
        List<PluginDirectory> found = directories.get(name);
        if (found == null) {
            String places = folders.isEmpty() ? "no folder" : folders.toString();
            throw new PluginException("there is no plugin " + name + ": looked in " + places + ", found "
                    + (directories.isEmpty() ? "none" : String.join(", ", directories.keySet()))
                    + "; put it there, or set zoomws.plugin-path");
        }
        return load(found);
    }
}
