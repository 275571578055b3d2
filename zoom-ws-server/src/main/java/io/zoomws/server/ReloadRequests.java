package io.zoomws.server;

import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import java.util.Map;

/**
 * What {@code config reload} asks: it is told each thing that is done ({@code line}), and answered with {@code refused}, {@code
 * complete} and {@code text}. It goes on if whoever asked goes away.
 */
public final class ReloadRequests implements ControlHandler {

    /** The name of the request. */
    public static final String RELOAD = "config.reload";

    private final Reloader reloader;

    ReloadRequests(Reloader reloader) {
        this.reloader = reloader;
    }

    @Override
    public Map<String, ?> answer(ControlRequest request, Client client) {
        ReloadOutcome outcome = reloader.reload(line -> client.progress(Map.of("line", line)));
        return Map.of("refused", outcome.refused(), "complete", outcome.complete(), "text", outcome.text());
    }
}
