package io.zoomws.server.http;

import io.zoomws.core.ConnectionState;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Three questions of a supervisor. Live: the process answers; restart it if it does not. Ready: it can do its work, which is to
 * store events and hand them to plugins. Receiving: Zoom has confirmed a connection of every subscription, and what comes over it
 * is stored. Neither of the last two is a reason to restart: the server tries by itself.
 */
final class Health {

    /** Of a plugin instance that does not do its work and that nobody has told to stop. */
    private static final Set<String> GIVEN_UP = Set.of("refused", "failed", "abandoned");

    private Health() {}

    static HealthReport live() {
        return new HealthReport(true, "live", Optional.empty(), List.of());
    }

    static HealthReport ready(ServerStatus status) {
        List<HealthReport.Part> parts = new ArrayList<>();
        for (SubscriptionStatus subscription : status.subscriptions()) {
            parts.add(new HealthReport.Part(subscription.name(), Optional.empty(), journalReason(subscription)));
        }
        for (PluginStatus plugin : status.plugins()) {
            boolean up = !GIVEN_UP.contains(plugin.state());
            parts.add(new HealthReport.Part(
                    plugin.subscription(),
                    Optional.empty(),
                    up ? Optional.empty() : Optional.of("plugin instance " + plugin.name() + " is " + plugin.state())));
        }
        boolean good = parts.stream().allMatch(HealthReport.Part::good);
        return new HealthReport(good, good ? "ready" : "not ready", Optional.empty(), parts);
    }

    static HealthReport receiving(ServerStatus status) {
        List<HealthReport.Part> parts =
                status.subscriptions().stream().map(Health::receiving).toList();
        boolean good = parts.stream().allMatch(HealthReport.Part::good);
        Comparator<Instant> order = good ? Comparator.naturalOrder() : Comparator.reverseOrder();
        Optional<Instant> since = parts.stream()
                .filter(part -> part.good() == good)
                .flatMap(part -> part.since().stream())
                .max(order);
        return new HealthReport(good, good ? "receiving" : "not receiving", since, parts);
    }

    /** Since when: the connection is ready, or events may be missed. */
    private static HealthReport.Part receiving(SubscriptionStatus subscription) {
        Optional<String> reason = journalReason(subscription);
        if (subscription.connection().state() != ConnectionState.READY) {
            reason = Optional.of(subscription.connection().line());
        }
        Optional<Instant> since = reason.isPresent()
                ? subscription.gaps().open().map(OpenGap::from)
                : Optional.of(subscription.connection().since());
        return new HealthReport.Part(subscription.name(), since, reason);
    }

    private static Optional<String> journalReason(SubscriptionStatus subscription) {
        JournalStatus journal = subscription.journal();
        if (journal.state() == JournalStatus.State.RUNNING) {
            return Optional.empty();
        }
        return Optional.of(journal.failure()
                .orElse("the journal is " + journal.state().name().toLowerCase(Locale.ROOT)));
    }
}
