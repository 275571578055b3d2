package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the reader that a handler asked for. */
@Timeout(60)
class PluginReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal().event("a.b");
    private Class<?> handler = Object.class;

    @Test
    void aHandlerThatClosesItsReaderIsHandedEventsAllTheSame() throws Exception {
        PluginInstance instance = start("public Handler(JournalReader reader) { reader.close(); }");

        journal.awaitSaved("mine", 2);

        stop(instance);
        assertThat(instance.status().handled()).isEqualTo(1);
    }

    @Test
    void nothingCanBeReadThroughItOnceTheInstanceHasEnded() throws Exception {
        PluginInstance instance =
                start("public static JournalReader lent; public Handler(JournalReader reader) { lent = reader; }");
        journal.awaitSaved("mine", 2);
        JournalReader lent = (JournalReader) handler.getField("lent").get(null);
        lent.tail(1).close();

        stop(instance);

        assertThatThrownBy(() -> lent.tail(1))
                .isInstanceOf(JournalException.class)
                .hasMessage("This reader of 'main' is closed");
    }

    private PluginInstance start(String constructor) throws Exception {
        PluginJar.withHandler(constructor + " public void handle(ZoomEvent event, Delivery delivery) {}")
                .writeTo(folder.resolve("plugins/test/a.jar"));
        Plugin plugin = PluginCatalog.in(List.of(folder.resolve("plugins"))).find("test");
        handler = plugin.loader().loadClass("acme.Handler");
        return PluginInstance.start(
                new PluginInstance.Definition(
                        "mine",
                        EventChoice.ALL,
                        Optional.empty(),
                        Position.EARLIEST,
                        LostPosition.STOP,
                        RawSettings.none("mine")),
                () -> plugin,
                new SubscriptionAccess(
                        journal,
                        journal,
                        (name, position) -> journal.open(name).save(position),
                        InstanceFiles.in(folder.resolve("data"), "main"),
                        new MetricsOfPlugins()));
    }

    private static void stop(PluginInstance instance) {
        assertThat(RunningInstance.stopAll(List.of(instance), PATIENCE, PATIENCE))
                .isTrue();
    }
}
