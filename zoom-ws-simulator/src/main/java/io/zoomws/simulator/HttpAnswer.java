package io.zoomws.simulator;

/**
 * What an endpoint answers.
 *
 * @param status HTTP status
 * @param body JSON text
 */
record HttpAnswer(int status, String body) {

    static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, body);
    }

    /** An error of this simulator's own, not one of Zoom's. */
    static HttpAnswer problem(int status, String message) {
        return new HttpAnswer(
                status, "{\"error\":\"" + message.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }
}
