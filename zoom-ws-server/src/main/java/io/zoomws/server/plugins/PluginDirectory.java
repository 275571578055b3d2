package io.zoomws.server.plugins;

import io.zoomws.spi.EventHandler;
import io.zoomws.spi.SpiLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A folder of jars that make up one plugin, looked at from outside: nothing of it is loaded.
 *
 * @param name of the folder, and so of the plugin
 * @param path of the folder
 */
record PluginDirectory(String name, Path path) {

    private static final String SERVICE = "META-INF/services/" + EventHandler.class.getName();

    /**
     * What is needed to load it.
     *
     * @param jars every jar of the folder
     * @param handlerJar the one that holds the plugin's service entry
     * @param handlerClass the class named there
     */
    record Contents(List<Path> jars, Path handlerJar, String handlerClass) {}

    /**
     * Checks the folder.
     *
     * @throws PluginException if it holds no plugin, more than one, a damaged jar, or a plugin for another host
     */
    Contents inspect() throws PluginException {
        List<Path> jars = jars();
        if (jars.isEmpty()) {
            throw refused(path, "there is no jar in this folder", "put the plugin's jars there or remove the folder");
        }
        List<Contents> found = new ArrayList<>();
        for (Path jar : jars) {
            for (String handler : handlersIn(jar)) {
                found.add(new Contents(jars, jar, handler));
            }
        }
        if (found.isEmpty()) {
            throw refused(
                    path,
                    "none of its jars has the entry " + SERVICE,
                    "add this entry, holding the name of the class that implements EventHandler");
        }
        if (found.size() > 1) {
            List<String> handlers = found.stream().map(Contents::handlerClass).toList();
            throw refused(
                    path,
                    "it names several handlers (" + String.join(", ", handlers) + ")",
                    "give each handler a plugin folder of its own");
        }
        return found.get(0);
    }

    private List<Path> jars() throws PluginException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException | DirectoryIteratorException e) {
            throw new PluginException(text(path, "the folder cannot be read (" + e + ")", "mend its permissions"), e);
        }
        Collections.sort(jars);
        return jars;
    }

    private List<String> handlersIn(Path jar) throws PluginException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry service = file.getEntry(SERVICE);
            if (service == null) {
                return List.of();
            }
            List<String> handlers;
            try (var in = file.getInputStream(service)) {
                handlers = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(line ->
                                line.replace("\uFEFF", "").replaceAll("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
            }
            if (!handlers.isEmpty()) {
                requireLevel(jar, file.getManifest());
            }
            return handlers;
        } catch (IOException e) {
            throw new PluginException(
                    text(jar, "the jar is damaged (" + e.getMessage() + ")", "copy it there again"), e);
        } catch (RuntimeException e) { // as the JDK throws it over a signature that is not of this jar
            throw new PluginException(
                    text(
                            jar,
                            "the jar cannot be used (" + Causes.line(e) + ")",
                            "build it again, and if other jars are merged into it, without their META-INF/*.SF, *.DSA, *.RSA"
                                    + " and *.EC"),
                    e);
        }
    }

    @SuppressWarnings("NullAway") // getManifest may return null, and so may getValue
    private void requireLevel(Path jar, Manifest manifest) throws PluginException {
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String level = attributes.getValue(SpiLevel.MANIFEST_ATTRIBUTE);
        if (level == null) {
            throw refused(
                    jar,
                    "its manifest has no " + SpiLevel.MANIFEST_ATTRIBUTE,
                    "build it with this attribute, value " + SpiLevel.CURRENT);
        }
        if (!level.strip().matches("[1-9][0-9]{0,8}")) {
            throw refused(
                    jar,
                    "its manifest says " + SpiLevel.MANIFEST_ATTRIBUTE + ": " + Causes.words(level, Mask.NONE)
                            + ", which is no level",
                    "build it with this attribute, value " + SpiLevel.CURRENT);
        }
        if (!level.strip().equals(Integer.toString(SpiLevel.CURRENT))) {
            throw refused(
                    jar,
                    "it was built for level " + level.strip() + " of the plugin contract, and this server has level "
                            + SpiLevel.CURRENT,
                    "build it against the zoom-ws-spi of this server, or use a server of that level");
        }
    }

    PluginException refused(Path where, String what, String remedy) {
        return new PluginException(text(where, what, remedy));
    }

    /** The form of every message about a plugin: plugin, place, fault, remedy. */
    String text(Path where, String what, String remedy) {
        return "plugin " + name + " is refused: " + what + " [" + where + "]; " + remedy;
    }
}
