package io.zoomws.server.http;

/** The page at {@code /}: what there is. */
final class IndexPage {

    static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>zoom-ws</title></head>
            <body>
            <h1>zoom-ws</h1>
            <ul>
            <li><a href="/api/v1/status">/api/v1/status</a>: connections, journals, gaps, plugins
            <li><a href="/api/v1/gaps">/api/v1/gaps</a>: when events may have been missed
            (<code>?subscription=NAME&amp;from=SEQUENCE&amp;limit=N</code>)
            <li><a href="/api/v1/plugins">/api/v1/plugins</a>: what each plugin has handled, and how far behind it is
            <li><a href="/health/receiving">/health/receiving</a>: 200 if events of every subscription are received and journaled
            <li><a href="/health/ready">/health/ready</a>: 200 if the journals take entries and no plugin was given up
            <li><a href="/health/live">/health/live</a>: 200 if this process answers
            <li><a href="/metrics">/metrics</a>: for Prometheus
            </ul>
            </body>
            </html>
            """;

    private IndexPage() {}
}
