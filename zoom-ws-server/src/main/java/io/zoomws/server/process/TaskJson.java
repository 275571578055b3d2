package io.zoomws.server.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link PluginTask} as one line of JSON. It may hold secrets: never to be logged. */
final class TaskJson {

    private static final JsonFactory JSON = new JsonFactory();

    private TaskJson() {}

    static String line(PluginTask task) {
        PluginInstance.Definition definition = task.definition();
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("data", task.data().toString());
            out.writeStringField("subscription", task.subscription());
            writeList(out, "pluginFolders", task.pluginFolders());
            out.writeStringField("plugin", task.plugin());
            out.writeStringField("instance", definition.name());
            out.writeStringField("types", definition.events().types().toString());
            writeList(out, "accounts", definition.events().accounts());
            if (definition.orderBy().isPresent()) {
                out.writeStringField("orderBy", definition.orderBy().get());
            }
            out.writeStringField("start", definition.start().toString());
            out.writeStringField("onLostPosition", definition.onLostPosition().toString());
            out.writeStringField("required", Boolean.toString(task.required()));
            writeSettings(out, definition.settings());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return text.toString();
    }

    private static void writeSettings(JsonGenerator out, RawSettings settings) throws IOException {
        out.writeStringField("section", settings.section());
        out.writeObjectFieldStart("settings");
        for (Map.Entry<String, RawSettings.Value> setting : settings.values().entrySet()) {
            RawSettings.Value value = setting.getValue();
            writeList(out, setting.getKey(), List.of(value.text(), Boolean.toString(value.list()), value.origin()));
        }
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, String name, Collection<?> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (Object value : values) {
            out.writeString(value.toString());
        }
        out.writeEndArray();
    }

    /**
     * Reads a task.
     *
     * @throws IOException if this is none
     */
    static PluginTask parse(String line) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        Map<String, RawSettings.Value> settings = new LinkedHashMap<>();
        try (JsonParser in = JSON.createParser(line)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                switch (in.nextToken()) {
                    case START_ARRAY -> lists.put(name, elements(in));
                    case START_OBJECT -> readSettings(in, settings);
                    default -> texts.put(name, in.getText());
                }
            }
        }
        PluginInstance.Definition definition = new PluginInstance.Definition(
                text(texts, "instance"),
                new EventChoice(
                        EventFilter.of(List.of(text(texts, "types").split(","))),
                        new LinkedHashSet<>(lists.getOrDefault("accounts", List.of()))),
                Optional.ofNullable(texts.get("orderBy")),
                Position.parse(text(texts, "start")),
                LostPosition.parse(text(texts, "onLostPosition")),
                new RawSettings(text(texts, "section"), settings));
        return new PluginTask(
                Path.of(text(texts, "data")),
                text(texts, "subscription"),
                lists.getOrDefault("pluginFolders", List.of()).stream()
                        .map(Path::of)
                        .toList(),
                text(texts, "plugin"),
                definition,
                Boolean.parseBoolean(texts.get("required")));
    }

    private static void readSettings(JsonParser in, Map<String, RawSettings.Value> settings) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            List<String> value = elements(in);
            settings.put(name, new RawSettings.Value(value.get(0), Boolean.parseBoolean(value.get(1)), value.get(2)));
        }
    }

    private static List<String> elements(JsonParser in) throws IOException {
        List<String> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(in.getText());
        }
        return elements;
    }

    private static String text(Map<String, String> texts, String name) throws IOException {
        String text = texts.get(name);
        if (text == null) {
            throw new IOException("the task has no " + name);
        }
        return text;
    }
}
