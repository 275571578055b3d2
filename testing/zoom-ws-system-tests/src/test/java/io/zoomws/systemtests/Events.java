package io.zoomws.systemtests;

import com.fasterxml.jackson.databind.node.TextNode;

/** Frames as Zoom sends them, made by hand. */
final class Events {

    private Events() {}

    /** An event that no sample shows, unique by its number. */
    static String event(int number) {
        return "{\"event\":\"warehouse.pallet_moved\",\"payload\":{\"account_id\":\"aCcOuNt\",\"object\":{\"id\":"
                + (9_007_199_254_740_993L + number)
                + ",\"weight\":1e-07,\"note\":\"équipe 東京 🚀 \\u0000 ${jndi:ldap://x}\",\"number\":" + number
                + "}},\"event_ts\":" + (1_767_261_600_000L + number) + "}";
    }

    /** The event as a JSON string inside a message frame. */
    static String asString(String event) {
        return "{\"module\":\"message\",\"content\":" + new TextNode(event) + ",\"header\":{}}";
    }

    /** The event as a JSON object inside a message frame. */
    static String asObject(String event) {
        return "{\"header\":{\"trace\":1.50},\"content\":  " + event + " ,\"module\":\"message\"}";
    }
}
