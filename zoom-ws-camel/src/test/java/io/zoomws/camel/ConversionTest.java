package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.ZoomEvent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.TypeConverter;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.DataType;
import org.junit.jupiter.api.Test;

/** What the body of an event converts to, and its CloudEvent. */
class ConversionTest {

    private static final String JSON = "{\"event\":\"meeting.started\",\"n\":1}";

    private final MemoryJournal journal = new MemoryJournal();

    @Test
    void theBodyAndTheEventConvertToEachFormThatIsPromised() throws Exception {
        journal.event("meeting.started");
        List<Object> forms = inRoute(route -> route, exchange -> {
            Message message = exchange.getMessage();
            ZoomEvent event = message.getMandatoryBody(ZoomEvent.class);
            TypeConverter converter = exchange.getContext().getTypeConverter();
            return List.of(
                    text(message.getMandatoryBody(byte[].class)),
                    text(message.getMandatoryBody(InputStream.class).readAllBytes()),
                    message.getMandatoryBody(JsonNode.class).get("event").textValue(),
                    text(converter.mandatoryConvertTo(byte[].class, exchange, event)),
                    text(converter
                            .mandatoryConvertTo(InputStream.class, exchange, event)
                            .readAllBytes()),
                    converter.mandatoryConvertTo(String.class, exchange, event),
                    converter
                            .mandatoryConvertTo(JsonNode.class, exchange, event)
                            .get("event")
                            .textValue());
        });
        assertThat(forms).isEqualTo(List.of(JSON, JSON, "meeting.started", JSON, JSON, JSON, "meeting.started"));
    }

    @Test
    void whatIsNoEventIsNotConvertedByTheFallback() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            assertThat(camel.getTypeConverter().tryConvertTo(JsonNode.class, Map.of()))
                    .isNull();
        }
    }

    @Test
    void anEventTransformsToTheCloudEventThatTheExportWrites() throws Exception {
        journal.event("meeting.started");
        Map<String, Object> headers = inRoute(
                route -> route.transformDataType(new DataType("zoomws:application-cloudevents")),
                exchange -> Map.copyOf(exchange.getMessage().getHeaders()));
        assertThat(headers)
                .containsEntry("CamelCloudEventVersion", "1.0")
                .containsEntry("CamelCloudEventID", "id-1")
                .containsEntry("CamelCloudEventSource", "zoomws:main")
                .containsEntry("CamelCloudEventType", "us.zoom.meeting.started")
                .containsEntry("CamelCloudEventTime", "2026-11-23T19:59:59.123456789Z")
                .containsEntry("CamelCloudEventDataContentType", "application/json")
                .containsEntry(
                        "CamelCloudEventExtensions",
                        Map.of("sequence", "0000000000000000001", "receivedat", "2026-11-23T20:00:00.123456789Z"))
                .containsEntry(Exchange.CONTENT_TYPE, "application/json")
                .doesNotContainKey("CamelCloudEventSubject");
    }

    @Test
    void aGapIsNoCloudEvent() throws Exception {
        journal.gap();
        Map<String, Object> headers = inRoute(
                route -> route.transformDataType(new DataType("zoomws:application-cloudevents")),
                exchange -> Map.copyOf(exchange.getMessage().getHeaders()));
        assertThat(headers).containsEntry(ZoomWsConstants.KIND, "gap").doesNotContainKey("CamelCloudEventID");
    }

    private interface Steps {
        RouteDefinition addTo(RouteDefinition route);
    }

    private interface Look<T> {
        T at(Exchange exchange) throws Exception;
    }

    private <T> T inRoute(Steps steps, Look<T> look) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Processor processor = exchange -> {
            try {
                result.complete(look.at(exchange));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        };
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("zoomws-reader-main", journal);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.addTo(from("zoomws:main?from=earliest&includeGaps=true"))
                            .process(processor);
                }
            });
            camel.start();
            return result.get(20, TimeUnit.SECONDS);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
