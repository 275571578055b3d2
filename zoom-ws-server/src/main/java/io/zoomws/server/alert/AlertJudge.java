package io.zoomws.server.alert;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.json.JsonValues;
import io.zoomws.server.status.DiskStatus;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong, from one status after another. Remembers only what one status cannot tell: how often each cause had led to a
 * new try when the connection was ready last, and which open gap was told. No I/O; one thread at a time.
 */
final class AlertJudge {

    /** The first refusal may be a token that has just ended: a fresh one is tried at once. */
    private static final long REFUSALS = 2;

    /** Of the reserve: with so much above it the disk is near it. */
    private static final int NEAR_SHARE = 4;

    private final Map<String, Map<ReconnectCause, Long>> whenReady = new HashMap<>();
    private final Map<String, Instant> toldOpen = new HashMap<>();

    /**
     * Looks once.
     *
     * @param ended gaps that ended since the last look, by subscription
     */
    List<Finding> look(
            ServerStatus status, Map<String, List<GapLedger.Row>> ended, AlertSettings settings, Instant now) {
        List<Finding> findings = new ArrayList<>();
        for (SubscriptionStatus subscription : status.subscriptions()) {
            connection(subscription, findings);
            openGap(subscription, settings.gap(), now, findings);
            for (GapLedger.Row gap : ended.getOrDefault(subscription.name(), List.of())) {
                endedGap(subscription.name(), gap, status.since(), settings.gap(), findings);
            }
            disk(subscription, findings);
        }
        status.plugins().forEach(plugin -> parked(plugin, findings));
        findings.removeIf(finding -> !settings.kinds().contains(finding.about().kind()));
        return findings;
    }

    private void connection(SubscriptionStatus subscription, List<Finding> findings) {
        String name = subscription.name();
        Map<ReconnectCause, Long> counts = subscription.connection().reconnects();
        if (subscription.connection().state() == ConnectionState.READY) {
            whenReady.put(name, counts);
            return;
        }
        Map<ReconnectCause, Long> before = whenReady.getOrDefault(name, Map.of());
        String line = subscription.connection().line();
        if (more(counts, before, ReconnectCause.CREDENTIALS) > 0
                || more(counts, before, ReconnectCause.REFUSED) >= REFUSALS) {
            findings.add(Finding.of(AlertKind.REFUSED, "refused", name, line));
        }
        if (more(counts, before, ReconnectCause.KICKED) + more(counts, before, ReconnectCause.RIVAL) > 0) {
            findings.add(Finding.of(AlertKind.RIVAL, "rival", name, line));
        }
    }

    private static long more(Map<ReconnectCause, Long> counts, Map<ReconnectCause, Long> before, ReconnectCause cause) {
        return counts.getOrDefault(cause, 0L) - before.getOrDefault(cause, 0L);
    }

    private void openGap(SubscriptionStatus subscription, Duration most, Instant now, List<Finding> findings) {
        @Nullable OpenGap open = subscription.gaps().open().orElse(null);
        if (open != null && open.from().plus(most).isBefore(now)) {
            toldOpen.put(subscription.name(), open.from());
            findings.add(Finding.of(
                    AlertKind.GAP,
                    "gap_open",
                    subscription.name(),
                    "nothing is received since " + JsonValues.time(open.from()) + " (" + open.cause()
                            + "): events may be missed"));
        }
    }

    /** One of an earlier run is no news, nor is one that was told while it was open. */
    private void endedGap(
            String subscription, GapLedger.Row gap, Instant began, Duration most, List<Finding> findings) {
        boolean told = gap.from().equals(toldOpen.get(subscription));
        if (!gap.receivedAt().isBefore(began) && gap.from().plus(most).isBefore(gap.to()) && !told) {
            findings.add(Finding.of(
                    AlertKind.GAP,
                    "gap_ended",
                    subscription,
                    "a gap has ended, from " + JsonValues.time(gap.from()) + " to " + JsonValues.time(gap.to()) + " ("
                            + gap.cause() + "): events of that time may be missing"));
        }
    }

    private static void disk(SubscriptionStatus subscription, List<Finding> findings) {
        JournalStatus journal = subscription.journal();
        DiskStatus disk = subscription.disk();
        boolean stopped =
                journal.state() == JournalStatus.State.STALLED || journal.state() == JournalStatus.State.FAILED;
        Optional<String> why = journal.failure();
        if (stopped) {
            findings.add(Finding.of(
                    AlertKind.DISK,
                    "disk_stopped",
                    subscription.name(),
                    "nothing is stored and nothing received: " + why.orElse("the journal gives no reason")));
        } else if (disk.reserveBytes() > 0
                && disk.usableBytes() < disk.reserveBytes() + disk.reserveBytes() / NEAR_SHARE) {
            findings.add(Finding.of(
                    AlertKind.DISK,
                    "disk_near",
                    subscription.name(),
                    (disk.usableBytes() >> 20)
                            + " MiB are free on the disk of the journal, and receiving stops before the"
                            + " reserve of " + (disk.reserveBytes() >> 20) + " MiB: make room"));
        }
    }

    private static void parked(PluginStatus plugin, List<Finding> findings) {
        if (plugin.parkedNow() > 0) {
            findings.add(new Finding(
                    new Finding.About(AlertKind.PARKED, "parked", plugin.subscription(), Optional.of(plugin.name())),
                    plugin.parkedNow() + " entries are parked and wait for 'zoom-ws parked'"));
        }
    }
}
