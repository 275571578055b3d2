package io.zoomws.server.plugins;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plugin jars from source text, as a stranger would. */
public final class PluginJar {

    /** What plugins are compiled against, and no more: the compiler looks into each jar for each plugin. */
    private static final String CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Stream.of("zoom-ws-spi", "guice", "jakarta.inject", "slf4j-api", "jspecify")
                    .anyMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared, since it remembers what is in the jars. Not to be used by two threads at once. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private String level = "1";
    private String classPath = CLASS_PATH;

    /** A jar whose only class is a handler named {@code acme.Handler} with this body. */
    public static PluginJar withHandler(String body) {
        return new PluginJar()
                .source("acme.Handler", "public class Handler implements EventHandler { " + body + " }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler");
    }

    /** Adds a class; the SPI is imported. */
    public PluginJar source(String name, String text) {
        int dot = name.lastIndexOf('.');
        sources.put(name, "package " + name.substring(0, dot) + "; import io.zoomws.spi.*; " + text);
        return this;
    }

    /** Adds a service entry. */
    public PluginJar service(String service, String... providers) {
        resources.put("META-INF/services/" + service, String.join("\n", providers) + "\n");
        return this;
    }

    /** Leaves a class out of the jar, although others were compiled against it. */
    PluginJar without(String className) {
        leftOut.add(className.replace('.', '/') + ".class");
        return this;
    }

    /** Declares another level of the contract; empty for none. */
    PluginJar level(String declared) {
        level = declared;
        return this;
    }

    /** Compiles it against the jars of a folder, too. */
    PluginJar against(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            classPath = jars.map(jar -> jar + File.pathSeparator).collect(Collectors.joining()) + CLASS_PATH;
        }
        return this;
    }

    /** Compiles and writes the jar; folders are made. */
    public Path writeTo(Path jar) {
        try {
            Path work = Files.createTempDirectory("plugin-jar");
            compile(work);
            Files.createDirectories(jar.getParent());
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            if (!level.isEmpty()) {
                manifest.getMainAttributes().putValue("Zoom-Ws-Spi-Level", level);
            }
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest);
                    Stream<Path> classes = Files.walk(work)) {
                for (Path path : classes.filter(Files::isRegularFile).toList()) {
                    String name = work.relativize(path).toString();
                    if (name.endsWith(".class") && !leftOut.contains(name)) {
                        put(out, name, Files.readAllBytes(path));
                    }
                }
                for (Map.Entry<String, String> resource : resources.entrySet()) {
                    put(out, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path work) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", work.toString(), "-cp", classPath));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            String name = source.getKey().substring(source.getKey().lastIndexOf('.') + 1);
            Path file = Files.createDirectories(work.resolve("src").resolve(source.getKey()))
                    .resolve(name + ".java");
            files.add(Files.writeString(file, source.getValue()));
        }
        synchronized (FILES) {
            boolean compiled = COMPILER.getTask(
                            null, FILES, null, arguments, null, FILES.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the plugin does not compile");
            }
        }
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
