package io.zoomws.server.control;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: reads its request, has it answered, and closes. Runs on a thread of its own. */
final class ControlConnection implements ControlHandler.Client {

    private static final Logger log = LoggerFactory.getLogger(ControlConnection.class);

    private final LineChannel lines;
    private final Map<String, ControlHandler> handlers;
    private final Duration patience;
    private volatile boolean gone;

    ControlConnection(LineChannel lines, Map<String, ControlHandler> handlers, Duration patience) {
        this.lines = lines;
        this.handlers = handlers;
        this.patience = patience;
    }

    void serve() {
        try (lines) {
            String line = lines.readLine(ControlServer.LONGEST_REQUEST_BYTES, patience);
            if (line != null) {
                send(answer(line));
            }
        } catch (IOException e) {
            log.debug("a client of the control socket sent no request: {}", e.toString());
        }
    }

    private Map<String, ?> answer(String line) {
        try {
            ControlRequest request = request(line);
            ControlHandler handler = handlers.get(request.name());
            if (handler == null) {
                throw new ControlException(
                        "this server knows no request " + request.name() + ": use the zoom-ws of the server's version");
            }
            log.info("{} is asked for on the control socket", request.name());
            return Map.of("result", handler.answer(request, this));
        } catch (ControlException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("a request could not be answered: this is a bug of the server", e);
            return Map.of("error", "the request failed unexpectedly: the server's log tells more");
        }
    }

    private static ControlRequest request(String line) throws ControlException {
        Map<String, @Nullable Object> fields;
        try {
            fields = ControlJson.parse(line);
        } catch (IOException e) {
            throw new ControlException("the request is no JSON object", e);
        }
        Object version = fields.remove("version");
        if (!Long.valueOf(ControlServer.VERSION).equals(version)) {
            throw new ControlException("this server speaks version " + ControlServer.VERSION
                    + " of the control protocol only: use the zoom-ws of the server's version");
        }
        if (!(fields.remove("request") instanceof String name)) {
            throw new ControlException("the request has no name");
        }
        Map<String, Object> said = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (value != null) {
                said.put(key, value);
            }
        });
        return new ControlRequest(name, said);
    }

    @Override
    public void progress(Map<String, ?> fields) {
        send(Map.of("progress", fields));
    }

    private void send(Map<String, ?> line) {
        if (gone) {
            return;
        }
        try {
            lines.writeLine(ControlJson.line(line), patience);
        } catch (IOException e) {
            log.debug("a client of the control socket has gone: {}", e.toString());
            gone = true;
        }
    }

    @Override
    public boolean isGone() {
        gone = gone || lines.hasEnded();
        return gone;
    }

    /** Ends the connection, whatever its thread does. */
    void cut() {
        gone = true;
        try {
            lines.close();
        } catch (IOException e) {
            log.warn("a connection of the control socket cannot be closed: {}", e.toString());
        }
    }
}
