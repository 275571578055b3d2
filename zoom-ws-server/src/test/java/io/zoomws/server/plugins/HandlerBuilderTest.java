package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerBuilderTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";
    private static final String NAMES = HANDLE + " throw new Exception(told); } private final String told;";
    private static final String MODULE = "com.google.inject.Module";

    @TempDir
    private Path folder;

    private final Map<String, RawSettings.Value> values = new LinkedHashMap<>();

    @Test
    void theOnlyPublicConstructorIsGivenTheSettingsAndAllThatTheHostHas() throws Exception {
        withSettings("String server, Secret password")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { " + NAMES
                                + " public Handler(MailSettings s, PluginContext c, JournalReader r, PluginMetrics m,"
                                + " java.time.Clock k) { m.counter(\"built\", \"x\").add(1); told = s + \" \" +"
                                + " s.password().reveal() + \" \" + c.instance() + \" \" + r.subscription() + \" \" + k; }"
                                + " Handler(String hidden) { told = hidden; } }")
                .writeTo(jar());
        set("server", "host").set("password", "hush");

        assertThat(told()).isEqualTo("MailSettings[server=host, password=***] hush mine main SystemClock[Z]");
    }

    @Test
    void aModuleIsGivenTheSameAndMayBindTheHandlerItself() throws Exception {
        withSettings("String server")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { " + NAMES
                                + " public Handler(MailSettings s, String more) { told = s.server() + more; } }")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule {"
                                + " @com.google.inject.Provides Handler handler(MailSettings s, PluginContext c,"
                                + " PluginMetrics m) { return new Handler(s, \" of \" + c.instance()); } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
        set("server", "host");

        assertThat(told()).isEqualTo("host of mine");
    }

    @Test
    void settingsThatAreWrongAreRefusedBeforeAnyOtherCodeOfThePluginRuns() {
        withSettings("String server, int port")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { static { if (true) throw new Error(\"ran\"); } "
                                + HANDLE + "} public Handler(MailSettings s) {} }")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule { static { if (true) throw new"
                                + " Error(\"ran\"); } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
        set("server", "host").set("prot", "25");

        assertRefused(
                "2 mistakes in its settings: (1) zoomws.plugins.mine.settings.prot: unknown; the nearest known one is port (set"
                        + " in c.yaml:2) (2) zoomws.plugins.mine.settings.port: missing; it must be set (int)",
                "mend the configuration; 'zoom-ws plugins describe' lists what this plugin takes");
    }

    @Test
    void aPluginWithoutSettingsRefusesThem() {
        PluginJar.withHandler(HANDLE + "}").writeTo(jar());
        set("server", "host").set("port", "25");

        assertRefused(
                "it takes no settings, and these are set: zoomws.plugins.mine.settings.server (set in c.yaml:1),"
                        + " zoomws.plugins.mine.settings.port (set in c.yaml:2)",
                "remove them, or have the constructor of its handler take a record with @PluginSettings");
    }

    @Test
    void noSecretIsToldWhateverTheHandlersConstructorThrows() {
        withSettings("Secret password")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { " + HANDLE
                                + "} public Handler(MailSettings s) {"
                                + " throw new IllegalStateException(\"no login with \" + s.password().reveal()); } }")
                .writeTo(jar());
        set("password", "hush");

        assertNotBuilt("java.lang.IllegalStateException: no login with ***");
    }

    @Test
    void aChoiceOfConstructorsIsRefused() {
        PluginJar.withHandler(HANDLE + "} public Handler() {} public Handler(PluginContext c) {}")
                .writeTo(jar());
        assertRefused(
                "its handler acme.Handler has several public constructors and none with @Inject",
                "leave one public, or put @Inject at the one that is to be used");

        String inject = "@com.google.inject.Inject";
        PluginJar.withHandler(
                        HANDLE + "} " + inject + " public Handler() {} @jakarta.inject.Inject Handler(String s) {}")
                .writeTo(jar());
        assertRefused(
                "its handler acme.Handler has several constructors with @Inject",
                "leave it at the one that is to be used");
    }

    @Test
    void aHandlerThatCannotBeBuiltByAnybodyIsRefused() {
        PluginJar.withHandler(HANDLE + "} private Handler() {}").writeTo(jar());
        assertRefused("its handler acme.Handler has no public constructor", "make one public, or put @Inject at one");

        new PluginJar()
                .source("acme.Handler", "public abstract class Handler implements EventHandler {}")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(jar());
        assertRefused("its handler acme.Handler is abstract", "name a class that can be built in its service entry");
    }

    @Test
    void aClassThatIsNotPublicNeedsNoConstructor() throws Exception {
        new PluginJar()
                .source(
                        "acme.Handler",
                        "class Handler implements EventHandler { " + HANDLE + " throw new Exception(\"x\"); } }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(jar());

        assertThat(told()).isEqualTo("x");
    }

    @Test
    void aRecordThatCanBeNoSettingsIsRefused() {
        withSettings("java.util.Map<String, String> headers")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler { " + HANDLE
                                + "} public Handler(MailSettings s) {} }")
                .writeTo(jar());

        assertRefused(
                "its settings acme.MailSettings cannot be used: component headers is a java.util.Map<java.lang.String,"
                        + " java.lang.String>, which no setting can be",
                "mend this class; PluginSettings says what it may hold");
    }

    @Test
    void aModuleThatBindsWhatTheHostBindsIsRefused() {
        withModule("bind(java.time.Clock.class).toInstance(java.time.Clock.systemUTC());");

        assertRefused(
                "its Guice module acme.Bindings binds java.time.Clock, which the host binds",
                "leave that out, or bind it with an annotation");
    }

    @Test
    void aModuleThatThrowsIsRefused() {
        withModule("throw new IllegalStateException(\"no day\");");
        assertRefused(
                "its Guice module acme.Bindings failed (java.lang.IllegalStateException: no day)", "mend this module");

        withModule("throw new StackOverflowError();");
        assertRefused("its Guice module acme.Bindings failed (java.lang.StackOverflowError)", "mend this module");

        withModule("addError(\"no %s\", \"way\");");
        assertRefused("its Guice module acme.Bindings failed (no way)", "mend this module");
    }

    @Test
    void aModuleThatCannotBeLoadedIsRefused() {
        PluginJar.withHandler(HANDLE + "}").service(MODULE, "acme.Gone").writeTo(jar());
        assertRefused(
                "its Guice module cannot be loaded (com.google.inject.Module: Provider acme.Gone not found)",
                "mend it, or its entry in META-INF/services/com.google.inject.Module");

        PluginJar.withHandler(HANDLE + "}")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule { public Bindings() { throw new"
                                + " IllegalStateException(\"no day\"); } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
        assertRefused(
                "its Guice module cannot be loaded (java.lang.IllegalStateException: no day)",
                "mend it, or its entry in META-INF/services/com.google.inject.Module");
    }

    @Test
    void whatAConstructorThrowsOnceItHasReadEventsIsNotQuoted() {
        PluginJar.withHandler(HANDLE + "} public Handler(JournalReader reader) { Entry event = reader.tail(1).poll();"
                        + " throw new IllegalStateException(((ZoomEvent) event).json()); }")
                .writeTo(jar());
        MemoryJournal journal = new MemoryJournal().event("canary");

        assertThatThrownBy(() -> plugin().newHandler(services(new LentReader(journal))))
                .isInstanceOf(PluginException.class)
                .hasNoCause()
                .message()
                .doesNotContain("canary")
                .contains("java.lang.IllegalStateException, at acme.Handler.<init>(Handler.java:1)");
    }

    @Test
    void aProviderOfNullIsToldInOneLine() {
        PluginJar.withHandler(HANDLE + "} public Handler(String word) {}")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule {"
                                + " @com.google.inject.Provides String word() { return null; } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
        assertNotBuilt("null returned by binding at acme.Bindings.word() but the 1st parameter of"
                + " acme.Handler.<init>(Handler.java:1) is not @Nullable");

        PluginJar.withHandler(HANDLE + "}")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule {"
                                + " @com.google.inject.Provides Handler handler() { return null; } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
        assertRefused("its Guice module provides null in place of the handler acme.Handler", "mend its provider");
    }

    @Test
    void whatNobodyBindsIsToldInOneLine() {
        PluginJar.withHandler(HANDLE + "} public Handler(java.util.List<String> words) {}")
                .writeTo(jar());

        assertNotBuilt("No implementation for java.util.List<java.lang.String> was bound.");
    }

    @Test
    void aPluginIsDescribedWithoutRunningAnyOfIt() throws Exception {
        withSettings("@Setting(text = \"where to\") String server, @Setting(standard = \"red\") Colour colour,"
                        + " @Setting(standard = \"x\") Secret password, java.util.List<Integer> ports")
                .source(
                        "acme.Colour",
                        "public enum Colour { RED, BLUE; static { if (true) throw new Error(\"ran\"); } }")
                .source(
                        "acme.Handler",
                        "@SideEffects(\"sends mails\") public class Handler implements BatchHandler, Rebuildable {"
                                + " static { if (true) throw new Error(\"ran\"); } public void reset() {}"
                                + " public void handle(java.util.List<ZoomEvent> events, Delivery delivery) {}"
                                + " public Handler(MailSettings s) {} }")
                .writeTo(jar());

        PluginDescription description = plugin().describe();

        assertThat(description)
                .isEqualTo(new PluginDescription(
                        List.of(jar()),
                        "acme.Handler",
                        1,
                        true,
                        false,
                        true,
                        java.util.Optional.of("sends mails"),
                        List.of(
                                setting("server", "string", true, null, "where to"),
                                setting("colour", "one of red, blue", false, "red", ""),
                                setting("password", "secret, or password-file", false, "***", ""),
                                setting("ports", "list of int", false, null, ""))));
    }

    @Test
    void theSideEffectsOfABaseClassAreThoseOfItsHandlers() throws Exception {
        new PluginJar()
                .source(
                        "acme.Base",
                        "@SideEffects(\"sends mails\") public abstract class Base implements EventHandler {}")
                .source("acme.Handler", "public class Handler extends Base { " + HANDLE + "} }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(jar());

        assertThat(plugin().sideEffects()).contains("sends mails");
    }

    @Test
    void aModuleThatProvidesAHandlerWithSideEffectsForOneWithoutIsRefused() {
        PluginJar.withHandler(HANDLE + "}")
                .source("acme.Mailer", "@SideEffects(\"sends mails\") public class Mailer extends Handler {}")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule { @Override protected void configure() {"
                                + " bind(Handler.class).to(Mailer.class); } }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());

        assertRefused(
                "its Guice module provides acme.Mailer, which declares @SideEffects, for the handler acme.Handler, which does"
                        + " not",
                "declare them on acme.Handler too");
    }

    private static PluginDescription.SettingText setting(
            String name, String type, boolean required, String standard, String text) {
        return new PluginDescription.SettingText(name, type, required, java.util.Optional.ofNullable(standard), text);
    }

    private void withModule(String configure) {
        PluginJar.withHandler(HANDLE + "}")
                .source(
                        "acme.Bindings",
                        "public class Bindings extends com.google.inject.AbstractModule { @Override protected void configure() {"
                                + configure + "} }")
                .service(MODULE, "acme.Bindings")
                .writeTo(jar());
    }

    private static PluginJar withSettings(String components) {
        return new PluginJar()
                .source("acme.MailSettings", "@PluginSettings record MailSettings(" + components + ") {}")
                .service("io.zoomws.spi.EventHandler", "acme.Handler");
    }

    private HandlerBuilderTest set(String name, String text) {
        values.put(name, new RawSettings.Value(text, false, "c.yaml:" + (values.size() + 1)));
        return this;
    }

    private Path jar() {
        return folder.resolve("mine/a.jar");
    }

    private Plugin plugin() throws PluginException {
        return PluginCatalog.in(List.of(folder)).find("mine");
    }

    /** What the handler throws, having been built. */
    private String told() throws PluginException {
        EventHandler handler = plugin().newHandler(services(new MemoryJournal()));
        try {
            handler.handle(new MemoryEntry.Event(1, "x"), new Delivery(false, 1));
            return "";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    private HostServices services(JournalReader reader) {
        return new HostServices(
                new InstanceContext("mine", "main", Path.of("")),
                reader,
                new MemoryJournal(),
                Clock.systemUTC(),
                new MetricsOfPlugins().begin("mine", "main"),
                new ParkedStore(Path.of("")),
                new RawSettings("zoomws.plugins.mine.settings", values));
    }

    private void assertNotBuilt(String reason) {
        assertRefused(
                "its handler acme.Handler cannot be built (" + reason + ")",
                "mend its constructor or its Guice module");
    }

    private void assertRefused(String what, String remedy) {
        assertThatThrownBy(this::told)
                .isInstanceOf(PluginException.class)
                .hasNoCause()
                .hasMessage("plugin mine is refused: " + what + " [" + jar() + "]; " + remedy);
    }
}
