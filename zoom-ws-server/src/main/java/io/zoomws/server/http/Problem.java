package io.zoomws.server.http;

/**
 * What a request that is not served is answered (RFC 9457, {@code application/problem+json}).
 *
 * @param status of HTTP
 * @param title the same in words
 * @param detail what to do; it does not quote the request
 */
record Problem(int status, String title, String detail) {

    static final String CONTENT_TYPE = "application/problem+json";

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail);
    }

    static Problem unauthorized() {
        return new Problem(401, "Unauthorized", "this needs a token, in the header Authorization: Bearer TOKEN");
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    static Problem busy(String detail) {
        return new Problem(503, "Service Unavailable", detail + ": try again later");
    }

    /** The problem for a status that a library chose. */
    static Problem of(int status) {
        return switch (status) {
            case 404 -> notFound("there is nothing here: / lists what there is");
            case 405 -> new Problem(405, "Method Not Allowed", "only GET and HEAD are answered");
            case 413 -> new Problem(413, "Content Too Large", "the body is longer than this server reads");
            case 414 -> new Problem(414, "URI Too Long", "the address is longer than this server reads");
            case 431 ->
                new Problem(431, "Request Header Fields Too Large", "the header is longer than this server reads");
            // Of a server that is what it should be, and yet another client's mistake.
            case 505 -> badRequest("only HTTP/1.1 and HTTP/1.0 are spoken here");
            case 500 -> new Problem(500, "Internal Server Error", "the log of the server says more");
            default ->
                status >= 500
                        ? new Problem(status, "Server Error", "the log of the server says more")
                        : new Problem(status, "Bad Request", "this is no request that this server understands");
        };
    }

    byte[] json() {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("type", "about:blank");
            out.writeStringField("title", title);
            out.writeNumberField("status", status);
            out.writeStringField("detail", detail);
            out.writeEndObject();
        });
    }
}
