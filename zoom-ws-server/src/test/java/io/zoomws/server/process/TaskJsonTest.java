package io.zoomws.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskJsonTest {

    @Test
    void aTaskIsOneLineAndReadsAsItWasWritten() throws IOException {
        PluginInstance.Definition definition = new PluginInstance.Definition(
                "mine",
                new EventChoice(EventFilter.of(List.of("meeting.*", "*.created")), Set.of("a", "b")),
                Optional.of("/payload/object/uuid"),
                Position.parse("2026-11-23T20:00:00Z"),
                LostPosition.EARLIEST,
                new RawSettings(
                        "zoomws.plugins.mine.settings",
                        Map.of(
                                "password",
                                new RawSettings.Value("hush\n\u001e", false, "zoom-ws.yaml:7"),
                                "hosts",
                                new RawSettings.Value("", true, "zoom-ws.yaml:8"))));
        PluginTask task = new PluginTask(
                Path.of("/data with\nbreak"),
                "main",
                List.of(Path.of("/a"), Path.of("/b")),
                "console",
                definition,
                true);

        String line = TaskJson.line(task);

        assertThat(line).doesNotContain("\n");
        // A filter knows no equality but that of its text.
        assertThat(TaskJson.line(TaskJson.parse(line))).isEqualTo(line);
        assertThat(TaskJson.parse(line).definition().orderBy()).contains("/payload/object/uuid");
        assertThat(TaskJson.parse(line).definition().settings()).isEqualTo(definition.settings());
    }

    @Test
    void pathsAreAbsolute() {
        PluginInstance.Definition definition = new PluginInstance.Definition(
                "mine",
                EventChoice.ALL,
                Optional.empty(),
                Position.LATEST,
                LostPosition.STOP,
                RawSettings.none("mine"));

        PluginTask task =
                new PluginTask(Path.of("data"), "main", List.of(Path.of("plugins")), "console", definition, false);

        assertThat(task.data()).isAbsolute();
        assertThat(task.pluginFolders()).allMatch(Path::isAbsolute);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> TaskJson.parse("{\"data\":\"/data\"}"))
                .isInstanceOf(IOException.class)
                .hasMessage("the task has no instance");
    }
}
