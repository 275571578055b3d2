package io.zoomws.server.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.journal.Directories;
import io.zoomws.spi.JournalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small durable file that holds one flat JSON object: texts, whole numbers, truth values and lists of texts. At any moment the
 * whole old or the whole new content is there. The folder is its owner's only.
 *
 * @param file where
 */
record JsonNote(Path file) {

    private static final JsonFactory FACTORY = new JsonFactory();

    boolean isThere() {
        return Files.exists(file);
    }

    /**
     * Replaces the content, or makes the file. When this returns, it survives a power cut.
     *
     * @throws JournalException if it cannot be written; what was there before remains
     */
    void write(Map<String, ?> fields) {
        try {
            InstanceFiles.made(file.resolveSibling(".").normalize());
            Directories.replace(file, encode(fields));
        } catch (IOException e) {
            throw new JournalException("The file " + file + " cannot be written: " + e, e);
        }
    }

    /**
     * What the file holds.
     *
     * @return empty if there is none
     * @throws JournalException if it cannot be read, or is no such object
     */
    Optional<Map<String, Object>> read() {
        try {
            return Optional.of(decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JournalException("The file " + file + " cannot be read or is damaged: " + e.getMessage(), e);
        }
    }

    /** Removes the file for good; nothing if there is none. */
    void delete() {
        try {
            if (Files.deleteIfExists(file)) {
                Directories.force(file.resolveSibling("."));
            }
        } catch (IOException e) {
            throw new JournalException("The file " + file + " cannot be removed: " + e, e);
        }
    }

    private static byte[] encode(Map<String, ?> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                if (field.getValue() instanceof List<?> texts) {
                    json.writeStartArray();
                    for (Object text : texts) {
                        json.writeString(String.valueOf(text));
                    }
                    json.writeEndArray();
                } else {
                    json.writePOJO(field.getValue());
                }
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> decode(byte[] content) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it holds no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                fields.put(name, value(json, json.nextToken()));
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("its object does not end");
            }
        }
        return fields;
    }

    @SuppressWarnings("NullAway") // nextToken is null at the end
    private static Object value(JsonParser json, JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            List<String> texts = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                texts.add(json.getText());
            }
            return List.copyOf(texts);
        }
        if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return json.getBooleanValue();
        }
        throw new IOException("it holds a value of another kind: " + token);
    }
}
