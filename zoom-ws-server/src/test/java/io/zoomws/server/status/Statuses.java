package io.zoomws.server.status;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.ReconnectCause;
import io.zoomws.feed.FrameCounts;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.gaps.GapTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Statuses for tests: one that is well, and the same with something else. */
public final class Statuses {

    /** When all of them began. */
    public static final Instant BEGAN = Instant.parse("2026-11-25T12:00:00Z");

    private Statuses() {}

    /** Of a server. */
    public static ServerStatus server(List<SubscriptionStatus> subscriptions, PluginStatus... plugins) {
        return new ServerStatus("1.2.3", BEGAN, subscriptions, List.of(plugins));
    }

    /** Of a subscription that receives, with room on the disk. */
    public static SubscriptionStatus receiving(String name) {
        GapTotals none = new GapTotals(new GapTotals.Sum(0, Duration.ZERO), Map.of(), 0);
        return new SubscriptionStatus(
                name,
                connection(ConnectionState.READY, "confirmed by Zoom", Map.of()),
                new FrameCounts(0, 0, 0, 0),
                new OddFrameCounts(0, 0, 0),
                journal(name, JournalStatus.State.RUNNING, Optional.empty()),
                new GapLedger.Summary(none, Optional.empty(), 0, true, 0),
                new DiskStatus(100_000, 1_000, 500, Optional.of(BEGAN)));
    }

    /** With another connection. */
    public static SubscriptionStatus with(SubscriptionStatus one, ConnectionStatus connection) {
        return new SubscriptionStatus(
                one.name(), connection, one.frames(), one.oddFrames(), one.journal(), one.gaps(), one.disk());
    }

    /** With a journal that stores nothing. */
    public static SubscriptionStatus stalled(SubscriptionStatus one, String why) {
        return new SubscriptionStatus(
                one.name(),
                one.connection(),
                one.frames(),
                one.oddFrames(),
                journal(one.name(), JournalStatus.State.STALLED, Optional.of(why)),
                one.gaps(),
                one.disk());
    }

    /** With a gap that is open. */
    public static SubscriptionStatus open(SubscriptionStatus one, Instant from, String cause) {
        GapLedger.Summary gaps = one.gaps();
        return new SubscriptionStatus(
                one.name(),
                one.connection(),
                one.frames(),
                one.oddFrames(),
                one.journal(),
                new GapLedger.Summary(gaps.totals(), Optional.of(new OpenGap(from, cause)), 0, true, 0),
                one.disk());
    }

    /** With so much room. */
    public static SubscriptionStatus usable(SubscriptionStatus one, long bytes) {
        return new SubscriptionStatus(
                one.name(),
                one.connection(),
                one.frames(),
                one.oddFrames(),
                one.journal(),
                one.gaps(),
                new DiskStatus(bytes, one.disk().reserveBytes(), 500, one.disk().oldestAt()));
    }

    /** A connection. */
    public static ConnectionStatus connection(
            ConnectionState state, String cause, Map<ReconnectCause, Long> reconnects) {
        return new ConnectionStatus(
                state,
                BEGAN,
                cause,
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                reconnects);
    }

    /** A plugin instance. */
    public static PluginStatus plugin(String name, String state, long parkedNow) {
        return new PluginStatus(
                name,
                "console",
                "main",
                state,
                Optional.empty(),
                0,
                0,
                parkedNow,
                parkedNow,
                0,
                OptionalLong.of(1),
                OptionalLong.of(0),
                OptionalLong.empty(),
                0,
                Optional.empty(),
                0,
                Duration.ZERO,
                Optional.empty());
    }

    private static JournalStatus journal(String name, JournalStatus.State state, Optional<String> failure) {
        return new JournalStatus(
                name,
                state,
                failure,
                "strict",
                1,
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                new JournalStatus.Barriers(
                        1, Duration.ofMillis(1), List.of(new JournalStatus.Barriers.AtMost(Duration.ofMillis(1), 1))),
                new JournalStatus.Events(Map.of("meeting", 0L), 0),
                1_000);
    }
}
