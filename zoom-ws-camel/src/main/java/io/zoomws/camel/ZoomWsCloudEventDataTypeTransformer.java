package io.zoomws.camel;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Adds the headers of a CloudEvent 1.0, named as Camel's components name them, to the message of an event. They are the
 * attributes that {@code zoom-ws journal export --format cloudevents} writes; the body, which is the event as sent, is their
 * data and remains as it is. The message of a gap, or of another component, is left alone.
 */
@DataTypeTransformer(
        name = "zoomws:application-cloudevents",
        description = "Adds CloudEvent headers to the Camel message with the details of the Zoom event")
public class ZoomWsCloudEventDataTypeTransformer extends Transformer {

    private static final String PREFIX = "CamelCloudEvent";

    /** As the export writes times: nine digits, so that they also sort as text. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Made by Camel. */
    public ZoomWsCloudEventDataTypeTransformer() {}

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        Exchange exchange = message.getExchange();
        if (exchange != null && exchange.getProperty(ZoomWsConstants.ENTRY_PROPERTY) instanceof ZoomEvent event) {
            describe(event, message.getHeaders());
        }
    }

    private static void describe(ZoomEvent event, Map<String, Object> headers) {
        headers.put(PREFIX + "Version", "1.0");
        headers.put(PREFIX + "ID", event.id());
        headers.put(PREFIX + "Source", "zoomws:" + event.subscription());
        headers.put(PREFIX + "Type", "us.zoom." + event.type());
        headers.put(PREFIX + "Time", time(event.occurredAt().orElse(event.receivedAt())));
        Optional<String> object = event.text("/payload/object/id").filter(id -> !id.isEmpty());
        object.ifPresent(id -> headers.put(PREFIX + "Subject", id));
        headers.put(PREFIX + "DataContentType", "application/json");
        headers.put(
                PREFIX + "Extensions",
                Map.of("sequence", "%019d".formatted(event.sequence()), "receivedat", time(event.receivedAt())));
        headers.put(Exchange.CONTENT_TYPE, "application/json");
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
