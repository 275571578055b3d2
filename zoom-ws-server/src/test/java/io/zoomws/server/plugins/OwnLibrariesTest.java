package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.PackageVersion;
import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A plugin that brings libraries that the host has in other versions; the build puts them into {@code target/clashing}. */
class OwnLibrariesTest {

    private static final Path CLASHING = Path.of("target/clashing");

    private static final String HANDLER = """
            public class Handler implements EventHandler, java.util.concurrent.Callable<java.util.Map<String, String>> {
                private final com.google.common.collect.ImmutableList<String> words;

                public Handler(com.google.common.collect.ImmutableList<String> words) {
                    this.words = words;
                }

                public void handle(ZoomEvent event, Delivery delivery) {}

                public java.util.Map<String, String> call() throws Exception {
                    java.util.Map<String, String> seen = new java.util.TreeMap<>();
                    // Gone from Guava since version 21.
                    seen.put("guava", com.google.common.base.Objects.firstNonNull(null, words.get(0)));
                    seen.put("jackson", com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString());
                    seen.put("json", new com.fasterxml.jackson.databind.ObjectMapper().readTree("{\\"a\\":[1]}").at("/a/0").toString());
                    for (com.fasterxml.jackson.core.ObjectCodec codec : java.util.ServiceLoader.load(
                            com.fasterxml.jackson.core.ObjectCodec.class, Handler.class.getClassLoader())) {
                        seen.put("service", codec.version().toString());
                    }
                    seen.put("resource", Handler.class.getResource(
                            "/META-INF/maven/com.google.guava/guava/pom.properties").toString());
                    seen.put("logger", org.slf4j.LoggerFactory.getLogger(Handler.class).getClass().getName());
                    return seen;
                }
            }
            """;

    private static final String BINDINGS = """
            public class Bindings extends com.google.inject.AbstractModule {
                @com.google.inject.Provides
                com.google.common.collect.ImmutableList<String> words() {
                    return com.google.common.collect.ImmutableList.of("own");
                }
            }
            """;

    @TempDir
    private static Path folder;

    private static Plugin plugin;

    @BeforeAll
    static void write() throws Exception {
        Path own = Files.createDirectories(folder.resolve("own"));
        try (Stream<Path> jars = Files.list(CLASHING)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, own.resolve(jar.getFileName().toString()));
            }
        }
        new PluginJar()
                .first(CLASHING)
                .source("acme.Handler", HANDLER)
                .source("acme.Bindings", BINDINGS)
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .service("com.google.inject.Module", "acme.Bindings")
                .writeTo(own.resolve("a.jar"));
        plugin = PluginCatalog.in(List.of(folder)).find("own");
    }

    @Test
    void aPluginSeesItsOwnVersionsAndWeSeeOurs() throws Exception {
        EventHandler handler = plugin.newHandler(new HostServices(
                new InstanceContext("own", "main", Path.of("")),
                new MemoryJournal(),
                new MemoryJournal(),
                Clock.systemUTC(),
                new MetricsOfPlugins().begin("own", "main"),
                new ParkedStore(Path.of("")),
                RawSettings.none("own")));
        handler.handle(new MemoryEntry.Event(1, "x"), new Delivery(false, 1));

        Map<?, ?> seen = (Map<?, ?>) ((Callable<?>) handler).call();

        assertThat(seen.get("guava")).isEqualTo("own");
        assertThat(seen.get("jackson")).isEqualTo("2.18.2");
        assertThat(seen.get("json")).isEqualTo("1");
        assertThat(seen.get("service")).isEqualTo("2.18.2");
        assertThat(seen.get("resource")).asString().contains("/own/guava-16.0.1.jar!/");
        assertThat(PackageVersion.VERSION.toString()).isNotEqualTo("2.18.2");
        assertThat(methodsOf("com.google.common.base.Objects", getClass().getClassLoader()))
                .doesNotContain("firstNonNull");
        assertThat(methodsOf("com.google.common.base.Objects", plugin.loader())).contains("firstNonNull");
    }

    /** The bundled one is never looked at, so that nothing can warn of several bindings. */
    @Test
    void aBundledLoggingApiIsOurs() throws Exception {
        assertThat(plugin.loader().loadClass("org.slf4j.LoggerFactory")).isSameAs(LoggerFactory.class);
        assertThat(Optional.ofNullable(plugin.loader().getResource("org/slf4j/impl/SimpleLogger.class")))
                .isEmpty();
        assertThat(Collections.list(plugin.loader().getResources("org/slf4j/impl/StaticLoggerBinder.class")))
                .isEmpty();
    }

    private static List<String> methodsOf(String type, ClassLoader loader) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(type, false, loader).getMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();
    }
}
