package io.zoomws.server.http;

import io.micrometer.core.instrument.Tags;
import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import io.zoomws.server.gaps.GapCategory;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.server.gaps.GapTotals;
import io.zoomws.server.status.SubscriptionStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The metrics of one subscription. */
final class SubscriptionMeters {

    private final Meters meters;
    private final int index;
    private final Tags tags;
    private final InstantSource clock;

    /**
     * Of one subscription.
     *
     * @param index its place in the status, which does not change while the server runs
     */
    SubscriptionMeters(Meters meters, int index, String name, InstantSource clock) {
        this.meters = meters;
        this.index = index;
        this.tags = Tags.of("subscription", name);
        this.clock = clock;
    }

    void register(SubscriptionStatus first) {
        registerConnection();
        registerFrames();
        registerOddFrames();
        registerEvents(first.journal().events().byFamily().keySet());
        registerGaps();
        registerJournal(first.journal().durability());
        registerDisk();
    }

    private void gauge(String name, String text, Tags labels, ToDoubleFunction<SubscriptionStatus> value) {
        meters.gauge(
                name,
                text,
                labels,
                now -> value.applyAsDouble(now.subscriptions().get(index)));
    }

    private void counter(String name, String text, Tags labels, ToDoubleFunction<SubscriptionStatus> value) {
        meters.counter(
                name,
                text,
                labels,
                now -> value.applyAsDouble(now.subscriptions().get(index)));
    }

    private void registerConnection() {
        gauge(
                "zoomws.connection.ready",
                "1 if Zoom has confirmed the connection",
                tags,
                now -> Meters.number(now.connection().state() == ConnectionState.READY));
        for (ConnectionState state : ConnectionState.values()) {
            gauge(
                    "zoomws.connection.state",
                    "1 for the state the connection is in",
                    tags.and("state", Meters.label(state)),
                    now -> Meters.number(now.connection().state() == state));
        }
        for (ReconnectCause cause : ReconnectCause.values()) {
            counter(
                    "zoomws.reconnects",
                    "New tries to connect, by what led to them",
                    tags.and("cause", Meters.label(cause)),
                    now -> now.connection().reconnects().getOrDefault(cause, 0L));
        }
        gauge(
                "zoomws.heartbeat.round.trip.seconds",
                "How long the last answered heartbeat took",
                tags,
                now -> Meters.optional(now.connection().heartbeatRoundTrip().map(Meters::seconds)));
        gauge(
                "zoomws.last.frame.timestamp.seconds",
                "When the last frame came",
                tags,
                now -> Meters.optional(now.connection().lastFrameAt().map(Meters::seconds)));
    }

    private void registerFrames() {
        String text = "Frames received, heartbeat answers included";
        counter("zoomws.frames", text, tags.and("type", "text"), now -> now.frames()
                .text());
        counter("zoomws.frames", text, tags.and("type", "binary"), now -> now.frames()
                .binary());
        counter("zoomws.frames", text, tags.and("type", "too_long"), now -> now.frames()
                .tooLong());
        counter("zoomws.frame.bytes", "Bytes of the frames received", tags, now -> now.frames()
                .bytes());
    }

    private void registerOddFrames() {
        String text = "Frames that are neither events nor answers to us";
        counter("zoomws.frames.odd", text, tags.and("kind", "unreadable"), now -> now.oddFrames()
                .unreadable());
        counter("zoomws.frames.odd", text, tags.and("kind", "unknown_module"), now -> now.oddFrames()
                .unknownModule());
        counter("zoomws.frames.odd", text, tags.and("kind", "without_event"), now -> now.oddFrames()
                .withoutEvent());
    }

    private void registerGaps() {
        GapTotals.Sum none = new GapTotals.Sum(0, Duration.ZERO);
        for (GapCategory category : GapCategory.values()) {
            counter(
                    "zoomws.gaps",
                    "Gaps in the journal, by kind of cause",
                    tags.and("cause", category.label()),
                    now -> now.gaps()
                            .totals()
                            .byCategory()
                            .getOrDefault(category, none)
                            .count());
        }
        counter(
                "zoomws.gap.seconds",
                "Time covered by gaps in the journal; overlaps count once",
                tags,
                now -> Meters.seconds(now.gaps().totals().all().covered()));
        for (GapCategory category : GapCategory.values()) {
            counter(
                    "zoomws.gap.cause.seconds",
                    "Time covered by gaps, by kind of cause; gaps of two kinds may overlap",
                    tags.and("cause", category.label()),
                    now -> Meters.seconds(now.gaps()
                            .totals()
                            .byCategory()
                            .getOrDefault(category, none)
                            .covered()));
        }
        gauge(
                "zoomws.gap.open",
                "1 while no connection is proven live",
                tags,
                now -> Meters.number(now.gaps().open().isPresent()));
        gauge("zoomws.gap.open.seconds", "How long the open gap is by now, 0 if there is none", tags, now -> now.gaps()
                .open()
                .map(open -> Meters.seconds(GapJson.lengthOf(open.from(), clock.instant())))
                .orElse(0.0));
        gauge("zoomws.gaps.counted.sequence", "Newest entry looked at for gaps", tags, now -> now.gaps()
                .countedTo());
    }

    private void registerJournal(String durability) {
        gauge(
                "zoomws.journal.running",
                "1 if the journal stores entries",
                tags,
                now -> Meters.number(Meters.label(now.journal().state()).equals("running")));
        gauge(
                "zoomws.journal.durability",
                "Always 1; the label holds the mode",
                tags.and("mode", durability),
                now -> 1);
        gauge("zoomws.journal.appended.sequence", "Newest entry taken in", tags, now -> now.journal()
                .appendedSequence());
        gauge(
                "zoomws.journal.durable.sequence",
                "Newest entry that a barrier has brought to the disk",
                tags,
                now -> now.journal().durableSequence());
        gauge("zoomws.journal.visible.sequence", "Newest entry that readers see", tags, now -> now.journal()
                .visibleSequence());
        counter("zoomws.journal.pauses", "How often reading from Zoom paused for the disk", tags, now -> now.journal()
                .pauses());
        counter(
                "zoomws.journal.paused.seconds",
                "For how long",
                tags,
                now -> Meters.seconds(now.journal().pausedTime()));
        gauge(
                "zoomws.journal.durable.lag.entries",
                "Entries taken in that no barrier has brought to the disk yet",
                tags,
                now -> Math.max(
                        0, now.journal().appendedSequence() - now.journal().durableSequence()));
        gauge("zoomws.journal.pending.bytes", "Waiting for the disk", tags, now -> now.journal()
                .pendingBytes());
    }

    private void registerEvents(Set<String> families) {
        for (String family : families) {
            counter(
                    "zoomws.events",
                    "Events journaled, by the first word of their type",
                    tags.and("family", family),
                    now -> now.journal().events().byFamily().getOrDefault(family, 0L));
        }
        counter("zoomws.events.duplicates", "Events journaled that repeat an earlier one", tags, now -> now.journal()
                .events()
                .duplicates());
    }

    private void registerDisk() {
        gauge("zoomws.disk.usable.bytes", "Free on the file system of the journal", tags, now -> now.disk()
                .usableBytes());
        gauge("zoomws.disk.reserve.bytes", "Free space that is never used", tags, now -> now.disk()
                .reserveBytes());
        gauge("zoomws.journal.size.bytes", "What the journal takes", tags, now -> now.disk()
                .journalBytes());
        gauge(
                "zoomws.journal.oldest.timestamp.seconds",
                "When the oldest entry was received",
                tags,
                now -> Meters.optional(now.disk().oldestAt().map(Meters::seconds)));
    }
}
