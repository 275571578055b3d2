package io.zoomws.camel;

import io.zoomws.spi.ZoomEvent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.jspecify.annotations.NullUnmarked;

/** Converts between {@link ZoomEvent} and text. Camel calls these; with camel-jackson the text becomes a JsonNode too. */
// Camel 4.22's generator copies type annotations into the loader as part of the type's name, which then does not
// compile.
@NullUnmarked
@Converter(generateLoader = true)
public final class ZoomWsConverters {

    private ZoomWsConverters() {}

    /**
     * The event as text.
     *
     * @param event to convert
     * @return its JSON, character for character
     */
    @Converter
    public static String toText(ZoomEvent event) {
        return event.json();
    }

    /**
     * The event as bytes.
     *
     * @param event to convert
     * @return its JSON in UTF-8
     */
    @Converter
    public static byte[] toBytes(ZoomEvent event) {
        return event.json().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The event as a stream.
     *
     * @param event to convert
     * @return its JSON in UTF-8
     */
    @Converter
    public static InputStream toStream(ZoomEvent event) {
        return new ByteArrayInputStream(toBytes(event));
    }

    /**
     * The event that a body is the text of.
     *
     * @param json a body
     * @param exchange the exchange it comes from, or null
     * @return the event that {@code zoomws:} put into this exchange; null if the text is no longer that event's
     */
    @Converter(allowNull = true)
    public static ZoomEvent toEvent(String json, Exchange exchange) {
        if (exchange == null) {
            return null;
        }
        return exchange.getProperty(ZoomWsConstants.ENTRY_PROPERTY) instanceof ZoomEvent event
                        && event.json().equals(json)
                ? event
                : null;
    }

    /**
     * An event as whatever its text converts to: with camel-jackson to a JsonNode.
     *
     * @param type wanted
     * @param exchange in which it is wanted, or null
     * @param value an event; anything else is left to other converters
     * @param registry of all converters
     * @return null if the text does not convert to this type
     */
    @Converter(fallback = true)
    public static Object toAnything(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry) {
        if (!(value instanceof ZoomEvent event)) {
            return null;
        }
        TypeConverter converter = registry.lookup(type, String.class);
        return converter == null ? null : converter.tryConvertTo(type, exchange, event.json());
    }
}
