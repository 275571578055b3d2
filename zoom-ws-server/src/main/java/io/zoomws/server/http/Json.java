package io.zoomws.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Writes a JSON document field by field: what is not named is not told. */
final class Json {

    static final String CONTENT_TYPE = "application/json";

    /** Writes one value. */
    @FunctionalInterface
    interface Value {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private static final JsonFactory FACTORY = JsonText.factory();

    private Json() {}

    static byte[] bytes(Value value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            value.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Writes what other parts of the server tell as plain values. */
    static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value.toString());
        }
    }
}
