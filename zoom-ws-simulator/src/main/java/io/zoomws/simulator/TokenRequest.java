package io.zoomws.simulator;

/**
 * What a client sends to the token endpoint. Has a {@code toString} that shows nothing of it.
 *
 * @param authorization the header, empty if there was none
 * @param uri path and query of the request line
 * @param form the body
 */
record TokenRequest(String authorization, String uri, String form) {
    @Override
    public String toString() {
        return "TokenRequest[redacted]";
    }
}
