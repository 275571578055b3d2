package io.zoomws.server.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final Map<String, Listing> listings;

    private PluginCatalog(List<Path> folders, Map<String, Listing> listings) {
        this.folders = folders;
        this.listings = listings;
    }

    /**
     * Looks into folders and loads what is there. A bad plugin harms none but itself.
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
        Map<String, Listing> listings = new LinkedHashMap<>();
        byName.forEach((name, directories) -> listings.put(name, listing(directories)));
        return new PluginCatalog(folders, listings);
    }

    private static Listing listing(List<PluginDirectory> directories) {
        PluginDirectory first = directories.get(0);
        if (directories.size() > 1) {
            String reason = first.text(
                    first.path(),
                    "there is another of this name in " + directories.get(1).path(),
                    "rename or remove one of the two folders");
            return new Listing(first.name(), first.path(), new Refused(reason));
        }
        try {
            return new Listing(first.name(), first.path(), new Usable(Plugin.load(first)));
        } catch (PluginException e) {
            return new Listing(first.name(), first.path(), new Refused(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Everything that was found, by name.
     *
     * @return usable and refused plugins
     */
    public List<Listing> listings() {
        return List.copyOf(listings.values());
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
     * Finds a plugin to use.
     *
     * @param name of its directory
     * @return the plugin
     * @throws PluginException if it is not there or refused; the message says which and what to do
     */
    public Plugin find(String name) throws PluginException {
        Listing listing = listings.get(name);
        if (listing == null) {
            String places = folders.isEmpty() ? "no folder" : folders.toString();
            throw new PluginException("there is no plugin " + name + ": looked in " + places + ", found "
                    + (listings.isEmpty() ? "none" : String.join(", ", listings.keySet()))
                    + "; put it there, or set zoomws.plugin-path");
        }
        if (listing.state() instanceof Refused refused) {
            throw new PluginException(refused.reason());
        }
        return ((Usable) listing.state()).plugin();
    }
}
