package io.zoomws.server.host;

import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code replay --rebuild} asks: it says {@code instance}, {@code from} (a sequence, as text) and {@code force}, is told how far
 * it is, and answered with {@code done} and {@code text} when the instance goes on live. If it goes away meanwhile, the rebuild goes
 * on; if it asks again, it is told how far that is.
 */
public final class RebuildRequests implements ControlHandler {

    /** The name of the request. */
    public static final String REBUILD = "replay.rebuild";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final PluginHost host;
    private final String subscription;

    /**
     * The handler of one subscription.
     *
     * @param host of the instances
     * @param subscription theirs
     */
    public RebuildRequests(PluginHost host, String subscription) {
        this.host = host;
        this.subscription = subscription;
    }

    @Override
    public Map<String, ?> answer(ControlRequest request, Client client) throws ControlException {
        String name = request.requiredText(PluginRequests.INSTANCE);
        long from = sequence(request.requiredText("from"));
        try {
            PluginStatus before = host.status(name, subscription);
            boolean begun = host.rebuild(name, subscription, from, request.flag("force"));
            return follow(name, begun, before, client);
        } catch (PluginException | JournalException e) {
            throw new ControlException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long sequence(String text) throws ControlException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ControlException("the field from of the request " + REBUILD + " is no sequence", e);
        }
    }

    private Map<String, ?> follow(String name, boolean begun, PluginStatus before, Client client)
            throws PluginException {
        boolean ended = false;
        Optional<RebuildNote.Plan> plan = host.rebuildOf(name, subscription);
        while (isPending(plan) && !ended && !client.isGone()) {
            client.progress(progress(plan.get(), begun, before, host.status(name, subscription)));
            ended = host.awaitEnd(name, subscription, BETWEEN_LOOKS);
            // Only now, since it says last how far it got.
            plan = host.rebuildOf(name, subscription);
        }
        PluginStatus now = host.status(name, subscription);
        Map<String, Object> answer = counts(before, now);
        answer.put("done", plan.map(RebuildNote.Plan::phase).equals(Optional.of(RebuildNote.Phase.DONE)));
        answer.put(
                "text",
                "plugin instance " + name + " "
                        + (isPending(plan) && !ended ? "is still being rebuilt" : text(plan, now)));
        return answer;
    }

    private static boolean isPending(Optional<RebuildNote.Plan> plan) {
        return plan.filter(RebuildNote.Plan::isPending).isPresent();
    }

    /** What has become of it, as the instance itself has noted: its state may be older than that, or newer. */
    private static String text(Optional<RebuildNote.Plan> plan, PluginStatus now) {
        if (plan.isEmpty()) {
            return "was being rebuilt, but the note of that was removed";
        }
        String why = "it does not run (" + now.state() + "), and the log of the server says why; ";
        return switch (plan.get().phase()) {
            case DONE ->
                now.alive() ? "is rebuilt, and goes on live" : "is rebuilt, but does not run (" + now.state() + ")";
            case GIVEN_UP -> "is NOT rebuilt: the log of the server says why; it stands where it stood";
            case ASKED -> "is NOT rebuilt yet: " + why + "its next start begins with that";
            case RESETTING ->
                "is NOT rebuilt yet, and may have forgotten already: " + why
                        + "its next start has it forget once more, and goes on with that";
            case REPLAYING -> "is NOT rebuilt yet: " + why + "its next start goes on with that";
        };
    }

    private static Map<String, Object> progress(
            RebuildNote.Plan plan, boolean begun, PluginStatus before, PluginStatus now) {
        Map<String, Object> told = counts(before, now);
        told.put("from", plan.from());
        told.put("to", plan.to());
        told.put("next", now.position().orElse(plan.from()));
        told.put("begun", begun);
        return told;
    }

    private static Map<String, Object> counts(PluginStatus before, PluginStatus now) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("handled", now.handled() - before.handled());
        counts.put("gaps", now.gaps() - before.gaps());
        counts.put("parked", now.parked() - before.parked());
        return counts;
    }
}
