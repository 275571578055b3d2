package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are printed in columns for people or as JSON for machines; the keys are the same. */
final class Table {

    private final List<String> keys;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Table(String... keys) {
        this.keys = List.of(keys);
    }

    /** Adds a row: numbers, texts, true, false or null, one for each key. */
    void row(@Nullable Object... values) {
        if (values.length != keys.size()) {
            throw new IllegalArgumentException(values.length + " values for " + keys.size() + " keys");
        }
        rows.add(new ArrayList<>(Arrays.asList(values)));
    }

    void print(TableFormat format, OutputStream out) throws IOException {
        switch (format) {
            case text -> printText(out);
            case json -> printJson(out);
        }
        out.flush();
    }

    private void printJson(OutputStream out) throws IOException {
        try (JsonGenerator generator = JsonLines.generator(out)) {
            for (List<@Nullable Object> row : rows) {
                generator.writeStartObject();
                for (int i = 0; i < keys.size(); i++) {
                    generator.writeFieldName(keys.get(i));
                    writeValue(generator, row.get(i));
                }
                generator.writeEndObject();
                JsonLines.endLine(generator);
            }
        }
    }

    private static void writeValue(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }

    private void printText(OutputStream out) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        lines.add(keys);
        for (List<@Nullable Object> row : rows) {
            lines.add(row.stream()
                    .map(value -> value == null ? "-" : Text.printable(value.toString()))
                    .toList());
        }
        int[] widths = new int[keys.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.write((text.toString().stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
