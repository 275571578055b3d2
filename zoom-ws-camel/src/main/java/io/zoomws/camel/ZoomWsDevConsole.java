package io.zoomws.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** Shows in Camel's developer console how far each {@code zoomws:} consumer is. It holds nothing of any event. */
@DevConsole(
        name = "zoomws",
        displayName = "Zoom WebSocket Events",
        description = "How far the consumers of Zoom's events are in their journals")
public class ZoomWsDevConsole extends AbstractDevConsole {

    /** Made by Camel. */
    public ZoomWsDevConsole() {
        super(
                "camel",
                "zoomws",
                "Zoom WebSocket Events",
                "How far the consumers of Zoom's events are in their journals");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return consumers().stream()
                .map(consumer -> consumer.entrySet().stream()
                        .map(field -> "    " + field.getKey() + ": " + field.getValue())
                        .collect(Collectors.joining("\n", "Consumer\n", "\n")))
                .collect(Collectors.joining("\n"));
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject root = new JsonObject();
        root.put("consumers", consumers());
        return root;
    }

    private List<JsonObject> consumers() {
        List<JsonObject> consumers = new ArrayList<>();
        for (Route route : getCamelContext().getRoutes()) {
            if (route.getConsumer() instanceof ZoomWsConsumer consumer) {
                consumers.add(describe(route, consumer));
            }
        }
        return consumers;
    }

    private static JsonObject describe(Route route, ZoomWsConsumer consumer) {
        ZoomWsEndpoint endpoint = (ZoomWsEndpoint) consumer.getEndpoint();
        Progress progress = consumer.progress();
        JsonObject fields = new JsonObject();
        fields.put("routeId", route.getRouteId());
        fields.put("subscription", endpoint.getSubscription());
        fields.put("source", endpoint.getConfiguration().getSource());
        put(fields, "cursor", Optional.ofNullable(endpoint.getConfiguration().getCursor()));
        fields.put("state", progress.state().name());
        put(fields, "waitingFor", consumer.standingBy());
        put(fields, "failure", Optional.ofNullable(consumer.failure()).map(Causes::line));
        if (progress.position() > 0) {
            fields.put("position", progress.position());
            Optional<Long> end = endOfJournal(consumer);
            put(fields, "endOfJournal", end);
            put(fields, "lag", end.map(last -> Math.max(0, last - progress.position())));
        }
        fields.put("inFlight", progress.inFlight());
        fields.put("redeliveriesWaiting", progress.redeliveries());
        fields.put("passedOver", progress.passedOver());
        put(fields, "lastFailure", progress.lastFailure());
        return fields;
    }

    /** The console is looked at when something is wrong, so that it must not need the journal. */
    private static Optional<Long> endOfJournal(ZoomWsConsumer consumer) {
        try {
            return consumer.endOfJournal();
        } catch (RuntimeException unreadable) { // as the consumer's own failure tells
            return Optional.empty();
        }
    }

    private static void put(JsonObject fields, String name, Optional<?> value) {
        value.ifPresent(present -> fields.put(name, present));
    }
}
