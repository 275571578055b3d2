package io.zoomws.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page at {@code /} and, under {@code /assets/}, the files it is made of. They hold no figures, so that whoever reaches this
 * server may have them; the figures the page asks for as anybody else does.
 */
final class Dashboard {

    /** All there are: what is not named here is not served, whatever is in the jar. */
    static final List<String> ASSETS = List.of(
            "api.mjs",
            "chart.mjs",
            "dashboard.css",
            "dashboard.mjs",
            "dialogs.mjs",
            "dom.mjs",
            "feeds.mjs",
            "gaps.mjs",
            "icon.svg",
            "json.mjs",
            "lag.mjs",
            "parked.mjs",
            "plugins.mjs",
            "rates.mjs",
            "sse.mjs",
            "storage.mjs",
            "tail.mjs",
            "text.mjs",
            "trust.mjs");

    /**
     * No script and no style but ours, nothing from elsewhere, and no text that becomes HTML: a browser refuses it even where
     * the page has a fault.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String PAGE = "index.html";

    private final Map<String, byte[]> files = new HashMap<>();

    Dashboard() {
        files.put(PAGE, read(PAGE));
        ASSETS.forEach(name -> files.put(name, read(name)));
    }

    void page(Context request) {
        answer(request, PAGE);
    }

    void asset(Context request) {
        answer(request, request.pathParam("name"));
    }

    private void answer(Context request, String name) {
        byte[] file = files.get(name);
        if (file == null) {
            throw new ProblemException(Problem.of(404));
        }
        request.header("Content-Security-Policy", POLICY)
                .contentType(type(name))
                .result(file);
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "mjs" -> "text/javascript;charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no type is known for " + name);
        };
    }

    private static byte[] read(String name) {
        try (InputStream in = Dashboard.class.getResourceAsStream("dashboard/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this server was built without its page: " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
