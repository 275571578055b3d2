package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.Installation;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a plugin is and takes. */
@Command(
        name = "describe",
        description = {
            "Prints what a plugin is, what it can do, and the settings it takes. Runs none of its code, and needs no"
                    + " configuration.",
            "",
            "With --format json there is one object, with the keys plugin, path, jars, handler, spiLevel, batches, ownPosition,"
                    + " rebuildable, sideEffects (null if a replay repeats nothing that must not be), and settings: each with"
                    + " name, type, required, standard (null if there is none) and text."
        })
final class PluginsDescribeCommand implements Callable<Integer> {

    @Mixin
    private final PluginPathOption path = new PluginPathOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The plugin, see 'plugins list'.")
    private @Nullable String name;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    PluginsDescribeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Plugin plugin =
                PluginCatalog.in(Installation.pluginFolders(path.folders())).find(String.valueOf(name));
        PluginDescription description = plugin.describe();
        switch (format) {
            case text -> printText(plugin, description);
            case json -> printJson(plugin, description);
        }
        streams.data().flush();
        return ExitStatus.DONE;
    }

    private void printText(Plugin plugin, PluginDescription description) throws IOException {
        line("plugin", plugin.name());
        line("path", plugin.path().toString());
        line(
                "jars",
                description.jars().stream().map(PluginsDescribeCommand::file).collect(Collectors.joining(", ")));
        line("handler", description.handler());
        line("SPI level", Integer.toString(description.level()));
        line("batches", yesOrNo(description.batches()));
        line("own position", yesOrNo(description.ownPosition()));
        line("rebuildable", yesOrNo(description.rebuildable()));
        line("side effects", description.sideEffects().orElse("none declared"));
        if (description.settings().isEmpty()) {
            line("settings", "none");
            return;
        }
        line("settings", "below zoomws.plugins.<instance>.settings:");
        streams.data().write('\n');
        Table table = new Table("setting", "type", "standard", "text");
        for (PluginDescription.SettingText setting : description.settings()) {
            String standard =
                    setting.required() ? "(must be set)" : setting.standard().orElse(null);
            table.row(setting.name(), setting.type(), standard, setting.text().isEmpty() ? null : setting.text());
        }
        table.print(format, streams.data());
    }

    private void line(String key, String value) throws IOException {
        String text = String.format("%-14s%s%n", key, Text.printable(value));
        streams.data().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static String file(Path jar) {
        return jar.getFileName().toString();
    }

    private void printJson(Plugin plugin, PluginDescription description) throws IOException {
        try (JsonGenerator json = JsonLines.generator(streams.data())) {
            json.writeStartObject();
            json.writeStringField("plugin", plugin.name());
            json.writeStringField("path", plugin.path().toString());
            json.writeArrayFieldStart("jars");
            for (Path jar : description.jars()) {
                json.writeString(file(jar));
            }
            json.writeEndArray();
            json.writeStringField("handler", description.handler());
            json.writeNumberField("spiLevel", description.level());
            json.writeBooleanField("batches", description.batches());
            json.writeBooleanField("ownPosition", description.ownPosition());
            json.writeBooleanField("rebuildable", description.rebuildable());
            json.writeStringField("sideEffects", description.sideEffects().orElse(null));
            json.writeArrayFieldStart("settings");
            for (PluginDescription.SettingText setting : description.settings()) {
                writeSetting(json, setting);
            }
            json.writeEndArray();
            json.writeEndObject();
            JsonLines.endLine(json);
        }
    }

    private static void writeSetting(JsonGenerator json, PluginDescription.SettingText setting) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", setting.name());
        json.writeStringField("type", setting.type());
        json.writeBooleanField("required", setting.required());
        json.writeStringField("standard", setting.standard().orElse(null));
        json.writeStringField("text", setting.text());
        json.writeEndObject();
    }
}
