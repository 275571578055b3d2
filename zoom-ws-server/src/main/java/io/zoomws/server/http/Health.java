package io.zoomws.server.http;

import io.zoomws.core.ConnectionState;
import io.zoomws.journal.JournalStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answers to a supervisor. Live: the process answers; restart it if it does not. Ready: every subscription has a connection
 * that Zoom confirmed and a journal that takes entries. Not being ready is no reason to restart: the server tries by itself.
 */
final class Health {

    private Health() {}

    static byte[] live() {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("status", "live");
            out.writeEndObject();
        });
    }

    static byte[] ready(ServerStatus status) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("status", status.ready() ? "ready" : "not ready");
            out.writeArrayFieldStart("reasons");
            for (String reason : reasons(status)) {
                out.writeString(reason);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static List<String> reasons(ServerStatus status) {
        List<String> reasons = new ArrayList<>();
        for (SubscriptionStatus subscription : status.subscriptions()) {
            ConnectionState connection = subscription.connection().state();
            if (connection != ConnectionState.READY) {
                reasons.add(
                        subscription.name() + ": " + subscription.connection().line());
            }
            JournalStatus journal = subscription.journal();
            if (journal.state() != JournalStatus.State.RUNNING) {
                reasons.add(subscription.name() + ": "
                        + journal.failure()
                                .orElse("the journal is "
                                        + journal.state().name().toLowerCase(Locale.ROOT)));
            }
        }
        return reasons;
    }
}
