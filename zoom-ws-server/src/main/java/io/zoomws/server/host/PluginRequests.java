package io.zoomws.server.host;

import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the commands {@code plugins stop|start|restart|status} ask of a running server. The first three say {@code instance} and
 * are answered with {@code state}, {@code done} (whether it is as was wanted) and {@code text}; the last with {@code plugins}.
 */
public final class PluginRequests {

    /** The request of {@code plugins stop}. */
    public static final String STOP = "plugins.stop";

    /** The request of {@code plugins start}. */
    public static final String START = "plugins.start";

    /** The request of {@code plugins restart}. */
    public static final String RESTART = "plugins.restart";

    /** The request of {@code plugins status}. */
    public static final String STATUS = "plugins.status";

    /** The field that names the instance. */
    public static final String INSTANCE = "instance";

    /** How long the answer to a start waits for a constructor. */
    private static final Duration TO_BUILD = Duration.ofSeconds(5);

    private final PluginHost host;
    private final String subscription;

    private PluginRequests(PluginHost host, String subscription) {
        this.host = host;
        this.subscription = subscription;
    }

    /**
     * The handlers of one subscription.
     *
     * @param host of the instances
     * @param subscription theirs
     * @return by the name of the request
     */
    public static Map<String, ControlHandler> of(PluginHost host, String subscription) {
        PluginRequests requests = new PluginRequests(host, subscription);
        return Map.of(
                STOP, (request, client) -> requests.stop(request.requiredText(INSTANCE)),
                START, (request, client) -> requests.start(request.requiredText(INSTANCE), false),
                RESTART, (request, client) -> requests.start(request.requiredText(INSTANCE), true),
                STATUS, (request, client) -> requests.status());
    }

    private Map<String, ?> stop(String name) throws ControlException {
        try {
            host.stop(name, subscription);
            PluginStatus now = host.status(name, subscription);
            boolean abandoned = now.state().equals("abandoned");
            String text = abandoned
                    ? "plugin instance " + name
                            + " did not stop, not even when interrupted: its thread is abandoned and may go"
                            + " on in the server, but moves no position any more; it can be started again"
                    : "plugin instance " + name + " does not run (" + now.state() + ")";
            return answer(now, !abandoned, text);
        } catch (PluginException e) {
            throw new ControlException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, ?> start(String name, boolean again) throws ControlException {
        try {
            if (again) {
                host.stop(name, subscription);
            }
            if (!host.start(name, subscription)) {
                throw new ControlException(
                        "plugin instance " + name
                                + " runs already; 'zoom-ws plugins restart' stops it first, and loads what is in its folder now");
            }
            PluginStatus now = host.awaitBuilt(name, subscription, TO_BUILD);
            boolean alive = now.running() || now.state().equals("starting");
            String text = "plugin instance " + name
                    + (alive ? " is " + now.state() : " does not run (" + now.state() + "): the server's log says why");
            return answer(now, alive, text);
        } catch (PluginException | JournalException e) {
            throw new ControlException("plugin instance " + name + " does not run: " + e.getMessage(), e);
        }
    }

    private static Map<String, ?> answer(PluginStatus now, boolean done, String text) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("state", now.state());
        answer.put("done", done);
        answer.put("text", text);
        return answer;
    }

    private Map<String, ?> status() {
        List<Map<String, ?>> plugins = host.status().stream()
                .filter(status -> status.subscription().equals(subscription))
                .<Map<String, ?>>map(PluginStatus::fields)
                .toList();
        return Map.of("plugins", plugins);
    }
}
