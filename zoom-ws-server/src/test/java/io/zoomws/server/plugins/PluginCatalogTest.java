package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** A signature block (PKCS #7, signed data) without a signer. */
    private static final String SIGNED_BY_NOBODY =
            "302306092a864886f70d010702a01630140201013100300b06092a864886f70d0107013100";

    private static final Delivery FIRST = new Delivery(false, 1);

    private static final HostServices SERVICES = new HostServices(
            new InstanceContext("mine", "main", Path.of("")),
            new MemoryJournal(),
            new MemoryJournal(),
            Clock.systemUTC(),
            new MetricsOfPlugins().begin("mine", "main"),
            new ParkedStore(Path.of("")),
            RawSettings.none("mine"));

    @TempDir
    private Path folder;

    @Test
    void aFolderWithAJarIsAPlugin() throws Exception {
        PluginJar.withHandler(HANDLE + "throw new java.io.IOException(event.type()); }")
                .writeTo(folder.resolve("good/good.jar"));

        Plugin plugin = catalog().find("good");

        assertThat(plugin.name()).isEqualTo("good");
        assertThat(plugin.handlerClass()).isEqualTo("acme.Handler");
        EventHandler handler = plugin.newHandler(SERVICES);
        assertThatThrownBy(() -> handler.handle(new MemoryEntry.Event(7, "meeting.started"), FIRST))
                .isInstanceOf(IOException.class)
                .hasMessage("meeting.started");
    }

    @Test
    void eachHandlerIsNewAndGetsWhatItsModulesBind() throws Exception {
        new PluginJar()
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { private final String word; @jakarta.inject.Inject"
                                + " Handler(String word) { this.word = word; } " + HANDLE
                                + " throw new Exception(word); } }")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule {"
                                + " @com.google.inject.Provides String word() { return \"injected\"; } }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .service("com.google.inject.Module", "acme.Bindings")
                .writeTo(folder.resolve("injected/a.jar"));
        Plugin plugin = catalog().find("injected");

        EventHandler first = plugin.newHandler(SERVICES);

        assertThat(first).isNotSameAs(plugin.newHandler(SERVICES));
        assertThatThrownBy(() -> first.handle(new MemoryEntry.Event(1, "x"), FIRST))
                .hasMessage("injected");
    }

    @Test
    void twoPluginsDoNotSeeEachOtherNorTheHostsLibraries() throws Exception {
        String probe = HANDLE
                + " for (String name : new String[] {\"picocli.CommandLine\", \"ch.qos.logback.classic.Logger\","
                + " \"io.zoomws.server.Main\", \"com.google.common.collect.Lists\"}) { try { Class.forName(name);"
                + " throw new Exception(\"sees \" + name); } catch (ClassNotFoundException e) {} }"
                + " Class.forName(\"org.slf4j.Logger\"); Class.forName(\"com.google.inject.Injector\");"
                + " Class.forName(\"java.sql.Connection\"); count++; if (count != 1) throw new Exception(\"shared\"); }"
                + " static int count;";
        PluginJar.withHandler(probe).writeTo(folder.resolve("one/a.jar"));
        PluginJar.withHandler(probe).writeTo(folder.resolve("two/a.jar"));
        PluginCatalog catalog = catalog();

        catalog.find("one").newHandler(SERVICES).handle(new MemoryEntry.Event(1, "x"), FIRST);
        catalog.find("two").newHandler(SERVICES).handle(new MemoryEntry.Event(1, "x"), FIRST);
    }

    @Test
    void aBundledCopyOfTheContractIsNotUsed() throws Exception {
        PluginJar.withHandler(HANDLE + "}")
                .source("io.zoomws.spi.SpiLevel", "public final class SpiLevel { public static int CURRENT = 99; }")
                .writeTo(folder.resolve("bundling/a.jar"));

        Plugin plugin = catalog().find("bundling");

        assertThat(plugin.loader().loadClass("io.zoomws.spi.SpiLevel")).isSameAs(io.zoomws.spi.SpiLevel.class);
    }

    @Test
    void anEmptyFolderIsRefused() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("empty"));

        assertRefused(
                "empty",
                "plugin empty is refused: there is no jar in this folder [" + directory
                        + "]; put the plugin's jars there or remove the folder");
    }

    @Test
    void aCorruptJarIsRefused() throws Exception {
        Path jar = Files.createDirectories(folder.resolve("corrupt")).resolve("a.jar");
        Files.writeString(jar, "no jar");

        assertRefused(
                "corrupt",
                "plugin corrupt is refused: the jar is damaged (zip END header not found) [" + jar
                        + "]; copy it there again");
    }

    @Test
    void aJarWithoutServiceEntryIsRefused() {
        new PluginJar().source("acme.Nothing", "public class Nothing {}").writeTo(folder.resolve("none/a.jar"));

        assertRefused(
                "none",
                "plugin none is refused: none of its jars has the entry META-INF/services/io.zoomws.spi.EventHandler ["
                        + folder.resolve("none")
                        + "]; add this entry, holding the name of the class that implements EventHandler");
    }

    @Test
    void twoHandlersAreRefused() {
        PluginJar.withHandler(HANDLE + "}")
                .service("io.zoomws.spi.EventHandler", "acme.Handler", "acme.Other")
                .writeTo(folder.resolve("two/a.jar"));

        assertRefused(
                "two",
                "plugin two is refused: it names several handlers (acme.Handler, acme.Other) [" + folder.resolve("two")
                        + "]; give each handler a plugin folder of its own");
    }

    @Test
    void anUndeclaredLevelIsRefused() {
        Path jar = PluginJar.withHandler(HANDLE + "}").level("").writeTo(folder.resolve("old/a.jar"));

        assertRefused(
                "old",
                "plugin old is refused: its manifest has no Zoom-Ws-Spi-Level [" + jar
                        + "]; build it with this attribute, value 1");
    }

    @Test
    void anotherLevelIsRefused() {
        Path jar = PluginJar.withHandler(HANDLE + "}").level("2").writeTo(folder.resolve("new/a.jar"));

        assertRefused(
                "new",
                "plugin new is refused: it was built for level 2 of the plugin contract, and this server has level 1 ["
                        + jar + "]; build it against the zoom-ws-spi of this server, or use a server of that level");
    }

    @Test
    void aLevelThatIsNoNumberIsRefused() {
        Path jar = PluginJar.withHandler(HANDLE + "}").level("1.0").writeTo(folder.resolve("odd/a.jar"));

        assertRefused(
                "odd",
                "plugin odd is refused: its manifest says Zoom-Ws-Spi-Level: 1.0, which is no level [" + jar
                        + "]; build it with this attribute, value 1");
    }

    @Test
    void aHandlerThatIsNotInTheJarIsRefused() {
        Path jar = PluginJar.withHandler(HANDLE + "}").without("acme.Handler").writeTo(folder.resolve("gone/a.jar"));

        assertRefused(
                "gone",
                "plugin gone is refused: its handler acme.Handler cannot be loaded"
                        + " (java.lang.ClassNotFoundException: acme.Handler)"
                        + " [" + jar
                        + "]; check that the class is there, implements EventHandler and finds all it needs in the folder");
    }

    @Test
    void aJarWithASignatureThatIsNotItsOwnIsRefused() throws Exception {
        Path jar = PluginJar.withHandler(HANDLE + "}").writeTo(folder.resolve("shaded/a.jar"));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("META-INF/OTHER.SF"), "Signature-Version: 1.0\r\n\r\n");
            Files.write(files.getPath("META-INF/OTHER.RSA"), HexFormat.of().parseHex(SIGNED_BY_NOBODY));
        }

        assertRefused(
                "shaded",
                "plugin shaded is refused: the jar cannot be used (java.lang.SecurityException: cannot verify signature block"
                        + " file META-INF/OTHER) [" + jar
                        + "]; build it again, and if other jars are merged into it, without their META-INF/*.SF, *.DSA, *.RSA"
                        + " and *.EC");
    }

    @Test
    void aHandlerInAPackageOfTheJdkIsRefused() throws Exception {
        Path jar = PluginJar.withHandler(HANDLE + "}")
                .service("io.zoomws.spi.EventHandler", "java.acme.Handler")
                .writeTo(folder.resolve("jdk/a.jar"));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.createDirectories(files.getPath("java/acme"));
            Files.copy(files.getPath("acme/Handler.class"), files.getPath("java/acme/Handler.class"));
        }

        assertRefused(
                "jdk",
                "plugin jdk is refused: its handler java.acme.Handler cannot be loaded"
                        + " (java.lang.SecurityException: Prohibited package name: java.acme)"
                        + " [" + jar
                        + "]; check that the class is there, implements EventHandler and finds all it needs in the folder");
        assertThat(catalog().listings()).extracting(PluginCatalog.Listing::name).containsExactly("jdk");
    }

    @Test
    void aPluginThatIsRefusedKeepsNoJarOpen() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "only Linux tells which files are open");
        Path jar = PluginJar.withHandler(HANDLE + "}").without("acme.Handler").writeTo(folder.resolve("gone/a.jar"));

        assertThatThrownBy(() -> catalog().find("gone")).isInstanceOf(PluginException.class);

        assertThat(openFiles()).doesNotContain(jar.toRealPath());
    }

    private static List<Path> openFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        try (var links = Files.list(OPEN_FILES)) {
            for (Path link : links.toList()) {
                try {
                    found.add(Files.readSymbolicLink(link));
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return found;
    }

    @Test
    void aMissingClassIsRefusedWhenTheHandlerIsBuilt() throws Exception {
        Path jar = PluginJar.withHandler("private final Part part = new Part(); " + HANDLE + "}")
                .source("acme.Part", "public class Part {}")
                .without("acme.Part")
                .writeTo(folder.resolve("part/a.jar"));

        assertNotBuilt("part", "java.lang.NoClassDefFoundError: acme/Part", jar);
    }

    @Test
    void aConstructorThatThrowsAnErrorIsRefused() throws Exception {
        Path jar = PluginJar.withHandler("public Handler() { throw new StackOverflowError(\"deep\"); } " + HANDLE + "}")
                .writeTo(folder.resolve("deep/a.jar"));

        assertNotBuilt("deep", "java.lang.StackOverflowError: deep", jar);
    }

    @Test
    void twoPluginsOfOneNameAreBothRefused() {
        PluginJar.withHandler(HANDLE + "}").writeTo(folder.resolve("a/same/a.jar"));
        PluginJar.withHandler(HANDLE + "}").writeTo(folder.resolve("b/same/a.jar"));
        PluginCatalog catalog = PluginCatalog.in(List.of(folder.resolve("a"), folder.resolve("b")));

        assertThatThrownBy(() -> catalog.find("same"))
                .hasMessage("plugin same is refused: there is another of this name in " + folder.resolve("b/same")
                        + " [" + folder.resolve("a/same") + "]; rename or remove one of the two folders");
    }

    @Test
    void aBadPluginHarmsNoOther() throws Exception {
        Files.createDirectories(folder.resolve("bad"));
        PluginJar.withHandler(HANDLE + "}").writeTo(folder.resolve("good/a.jar"));

        assertThat(catalog().listings()).extracting(PluginCatalog.Listing::name).containsExactly("bad", "good");
        assertThat(catalog().find("good").newHandler(SERVICES)).isNotNull();
    }

    @Test
    void aMissingPluginIsToldWithWhatIsThere() {
        PluginJar.withHandler(HANDLE + "}").writeTo(folder.resolve("good/a.jar"));

        assertThatThrownBy(() -> catalog().find("god"))
                .isInstanceOf(PluginException.class)
                .hasMessage("there is no plugin god: looked in [" + folder
                        + "], found good; put it there, or set zoomws.plugin-path");
    }

    private PluginCatalog catalog() {
        return PluginCatalog.in(List.of(folder));
    }

    private void assertRefused(String name, String message) {
        assertThatThrownBy(() -> catalog().find(name))
                .isInstanceOf(PluginException.class)
                .hasMessage(message);
    }

    private void assertNotBuilt(String name, String reason, Path jar) throws PluginException {
        Plugin plugin = catalog().find(name);
        assertThatThrownBy(() -> plugin.newHandler(SERVICES))
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin " + name + " is refused: its handler acme.Handler cannot be built (" + reason
                        + ") [" + jar + "]; mend its constructor or its Guice module");
    }
}
