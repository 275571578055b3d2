package io.zoomws.simulator;

import java.util.Map;

/**
 * What an endpoint answers.
 *
 * @param status HTTP status
 * @param headers besides {@code Content-Length} and {@code Connection}
 * @param body text
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    HttpAnswer {
        headers = Map.copyOf(headers);
    }

    static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, JSON, body);
    }

    /** A page as proxies and portals show it. */
    static HttpAnswer html(int status) {
        return new HttpAnswer(
                status,
                Map.of("content-type", "text/html; charset=utf-8"),
                "<!doctype html><html><body><h1>Sign in to continue</h1></body></html>");
    }

    static HttpAnswer redirect(int status, String location) {
        return new HttpAnswer(status, Map.of("location", location), "");
    }

    /** An error of this simulator's own, not one of Zoom's. */
    static HttpAnswer problem(int status, String message) {
        return json(status, "{\"error\":\"" + Frames.quoted(message) + "\"}");
    }
}
