package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Statistics as JSON, each number under the name of its record component. */
final class StatsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatsJson() {}

    static String of(SimulatorStats stats) throws JsonProcessingException {
        ObjectNode all = JSON.createObjectNode();
        all.put("tokensIssued", stats.tokensIssued());
        all.put("tokensRefused", stats.tokensRefused());
        all.put("connectionsOpened", stats.connectionsOpened());
        all.put("connectionsRefused", stats.connectionsRefused());
        all.put("connectionsKicked", stats.connectionsKicked());
        all.put("connectionsSilent", stats.connectionsSilent());
        all.put("connectionsLive", stats.connectionsLive());
        all.put("heartbeats", stats.heartbeats());
        all.put("eventsGenerated", stats.eventsGenerated());
        all.put("eventsSent", stats.eventsSent());
        all.put("eventsRepeated", stats.eventsRepeated());
        all.put("eventsMissed", stats.eventsMissed());
        all.put("faultsDone", stats.faultsDone());
        ArrayNode connections = all.putArray("connections");
        for (SimulatorStats.Connection connection : stats.connections()) {
            ObjectNode one = connections.addObject();
            one.put("number", connection.number());
            one.put("live", connection.live());
            one.put("eventsSent", connection.eventsSent());
            one.put("heartbeats", connection.heartbeats());
            one.put("readyAt", connection.readyAt().toString());
            connection.endedAt().ifPresent(at -> one.put("endedAt", at.toString()));
            connection.cause().ifPresent(cause -> one.put("cause", ScriptMapping.word(cause)));
        }
        return JSON.writeValueAsString(all);
    }
}
