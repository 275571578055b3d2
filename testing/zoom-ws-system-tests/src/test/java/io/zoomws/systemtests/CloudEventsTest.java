package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import io.zoomws.server.cli.CommandLineInterface;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One entry is one CloudEvent, whether {@code journal export} writes it or a Camel route makes it. */
class CloudEventsTest {

    private static final List<String> EVENTS = List.of(
            Events.event(7),
            "{\"event\":\"meeting.started\",\"event_ts\":1767261600000,\"payload\":{\"object\":{\"id\":\"98\"}}}",
            "{\"event\":\"meeting.ended\",\"payload\":{\"object\":{\"id\":\"\"}}}",
            "{\"event\":\"user.updated\",\"payload\":{\"object\":\"none\"}}");

    @TempDir
    Path folder;

    @Test
    void theExportAndTheTransformerAgreeFieldByField() throws Exception {
        Path data = folder.resolve("data");
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            for (int i = 0; i < EVENTS.size(); i++) {
                byte[] frame = Events.asObject(EVENTS.get(i)).getBytes(StandardCharsets.UTF_8);
                long receivedAt = TimeUnit.SECONDS.toNanos(1_767_261_601L + i) + 123_456_789;
                writer.append(StoredKind.TEXT_FRAME, 1, receivedAt, 0, ByteBuffer.wrap(frame));
            }
        }

        List<Map<String, String>> exported = exported(data);
        assertThat(exported).hasSize(EVENTS.size()).allSatisfy(event -> assertThat(event)
                .containsKeys("id", "source", "type", "time", "receivedat"));
        assertThat(routed(data)).isEqualTo(exported);
    }

    private static List<Map<String, String>> exported(Path data) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] command = {"journal", "export", "--data", data.toString(), "--format", "cloudevents"};
        PrintStream messages = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        assertThat(CommandLineInterface.run(command, out, messages, new StopRequest()))
                .isZero();
        List<Map<String, String>> events = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode object = new ObjectMapper().readTree(line);
            Map<String, String> fields = new HashMap<>();
            object.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            // As sent, which a tree of nodes would not show.
            fields.put("data", line.substring(line.indexOf(",\"data\":") + 8, line.length() - 1));
            events.add(fields);
        }
        return events;
    }

    private static List<Map<String, String>> routed(Path data) throws Exception {
        BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("zoomws:main?source=replay&data=" + data)
                            .transformDataType("zoomws:application-cloudevents")
                            .process(exchange -> exchanges.add(exchange.copy()));
                }
            });
            camel.start();
            List<Map<String, String>> events = new ArrayList<>();
            while (events.size() < EVENTS.size()) {
                Exchange exchange = exchanges.poll(30, TimeUnit.SECONDS);
                assertThat(exchange).isNotNull();
                events.add(fields(exchange.getMessage()));
            }
            return events;
        }
    }

    /** Under the names that the specification gives the attributes. */
    private static Map<String, String> fields(Message message) {
        Map<String, String> fields = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            String attribute = name.startsWith("CamelCloudEvent")
                    ? name.substring("CamelCloudEvent".length()).toLowerCase(Locale.ROOT)
                    : "";
            if (attribute.equals("version")) {
                fields.put("specversion", value.toString());
            } else if (attribute.equals("extensions")) {
                ((Map<?, ?>) value).forEach((key, extension) -> fields.put(key.toString(), extension.toString()));
            } else if (!attribute.isEmpty()) {
                fields.put(attribute, value.toString());
            }
        });
        fields.put("data", message.getBody(String.class));
        return fields;
    }
}
