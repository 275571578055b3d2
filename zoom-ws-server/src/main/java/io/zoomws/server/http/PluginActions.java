package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.host.PluginRequests;
import io.zoomws.server.host.RedriveRequests;
import io.zoomws.server.host.ReplayRequests;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Answers {@code POST /api/v1/plugins/{name}/…} by asking what answers the same request on the control socket. To pause is to stop
 * the instance, which saves its position; what comes meanwhile is kept for it. To resume is to start it.
 */
final class PluginActions {

    /** Each may take some seconds of one of the few threads that answer requests. */
    private static final int AT_ONCE = 3;

    private static final String SUBSCRIPTION = "subscription";

    private static final ControlHandler.Client NOBODY = new ControlHandler.Client() {
        @Override
        public void progress(Map<String, ?> fields) {
            // Whoever asks over HTTP is told the end only.
        }

        @Override
        public boolean isGone() {
            return false;
        }
    };

    private final Subscriptions subscriptions;
    private final Supplier<ServerStatus> status;
    private final Semaphore free = new Semaphore(AT_ONCE);

    PluginActions(Subscriptions subscriptions, Supplier<ServerStatus> status) {
        this.subscriptions = subscriptions;
        this.status = status;
    }

    void pause(Context request) {
        ActionBody body = ActionBody.of(request, List.of(SUBSCRIPTION));
        perform(request, body, "pause", PluginRequests.STOP, Map.of());
    }

    void resume(Context request) {
        ActionBody body = ActionBody.of(request, List.of(SUBSCRIPTION));
        perform(request, body, "resume", PluginRequests.START, Map.of());
    }

    void redrive(Context request) {
        ActionBody body = ActionBody.of(request, List.of(SUBSCRIPTION, RedriveRequests.SEQUENCES, RedriveRequests.ALL));
        List<Long> sequences = body.numbers(RedriveRequests.SEQUENCES);
        boolean all = body.flag(RedriveRequests.ALL);
        if (all == !sequences.isEmpty()) {
            throw new ProblemException(
                    Problem.badRequest("say which entries: \"sequences\":[…], or \"all\":true and no sequences"));
        }
        perform(
                request,
                body,
                "redrive",
                RedriveRequests.REDRIVE,
                Map.of(RedriveRequests.SEQUENCES, sequences, RedriveRequests.ALL, all));
    }

    void replay(Context request) {
        ActionBody body = ActionBody.of(
                request, List.of(SUBSCRIPTION, ReplayRequests.FROM, ReplayRequests.TO, ReplayRequests.FORCE));
        Map<String, Object> fields = new HashMap<>();
        for (String field : List.of(ReplayRequests.FROM, ReplayRequests.TO)) {
            body.text(field).ifPresent(text -> {
                Parameters.position(field, text);
                fields.put(field, text);
            });
        }
        fields.put(ReplayRequests.FORCE, body.flag(ReplayRequests.FORCE));
        perform(request, body, "replay", ReplayRequests.REPLAY, fields);
        request.status(202);
    }

    private void perform(Context request, ActionBody body, String action, String name, Map<String, ?> fields) {
        HttpSources.Subscription subscription = subscriptions.choose(body.text(SUBSCRIPTION));
        String plugin = known(request.pathParam("name"), subscription.name());
        Audit.asked(request, action + " " + plugin + " of " + subscription.name());
        Map<String, Object> asked = new HashMap<>(fields);
        asked.put(PluginRequests.INSTANCE, plugin);
        Map<String, ?> answer = answer(subscription, new ControlRequest(name, asked));
        request.contentType(Json.CONTENT_TYPE).result(Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("action", action);
            out.writeStringField("plugin", plugin);
            out.writeStringField("subscription", subscription.name());
            for (Map.Entry<String, ?> field : answer.entrySet()) {
                out.writeFieldName(field.getKey());
                Json.write(out, field.getValue());
            }
            out.writeEndObject();
        }));
    }

    /** What is in an address may be anything; what is configured may be logged. */
    private String known(String name, String subscription) {
        TreeSet<String> names = new TreeSet<>();
        for (PluginStatus plugin : status.get().plugins()) {
            if (plugin.subscription().equals(subscription)) {
                names.add(plugin.name());
            }
        }
        if (!names.contains(name)) {
            throw new ProblemException(Problem.notFound(
                    names.isEmpty()
                            ? "there is no plugin instance"
                            : "there is no such plugin instance, only: " + String.join(", ", names)));
        }
        return name;
    }

    private Map<String, ?> answer(HttpSources.Subscription subscription, ControlRequest request) {
        ControlHandler handler = subscription.handlers().get(request.name());
        if (handler == null) {
            throw new IllegalStateException("nobody answers " + request.name());
        }
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.busy("other actions are under way"));
        }
        try {
            return handler.answer(request, NOBODY);
        } catch (ControlException e) {
            throw new ProblemException(Problem.conflict(String.valueOf(e.getMessage())));
        } finally {
            free.release();
        }
    }
}
