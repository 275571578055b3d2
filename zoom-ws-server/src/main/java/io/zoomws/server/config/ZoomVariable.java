package io.zoomws.server.config;

import java.util.List;

/** What Zoom gives to the owner of an app, the variables that people already have for it, and where Zoom shows it. */
enum ZoomVariable {
    SUBSCRIPTION_ID(
            "ZOOM_SUBSCRIPTION_ID",
            Key.SUBSCRIPTION_ID,
            "find it on marketplace.zoom.us: Manage, your app, Features, Event Subscriptions, a subscription with method"
                    + " WebSocket: its id, or the whole address shown there"),
    CLIENT_ID(
            "ZOOM_CLIENT_ID",
            Key.CLIENT_ID,
            "find it on marketplace.zoom.us: Manage, your app, App Credentials, Client ID"),
    CLIENT_SECRET(
            "ZOOM_CLIENT_SECRET",
            Key.CLIENT_SECRET,
            "find it on marketplace.zoom.us: Manage, your app, App Credentials, Client Secret"),
    ACCOUNT_ID(
            "ZOOM_ACCOUNT_ID",
            Key.ACCOUNT_ID,
            "find it on marketplace.zoom.us: Manage, your Server-to-Server app, App Credentials, Account ID");

    private final String variable;
    private final Key key;
    private final String whereToFind;

    ZoomVariable(String variable, Key key, String whereToFind) {
        this.variable = variable;
        this.key = key;
        this.whereToFind = whereToFind;
    }

    String variable() {
        return variable;
    }

    /** The keys that hold it, the usual one first. */
    List<Key> keys() {
        return key == Key.SUBSCRIPTION_ID ? List.of(key, Key.SUBSCRIPTION_URL) : List.of(key);
    }

    String whereToFind() {
        return whereToFind;
    }
}
