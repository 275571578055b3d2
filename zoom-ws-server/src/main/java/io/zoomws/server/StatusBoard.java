package io.zoomws.server;

import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.gaps.GapFollower;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import io.zoomws.spi.JournalReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Says how the server is, to whichever thread asks. Follows the journals for the gaps; all else is asked where it is known. */
final class StatusBoard implements AutoCloseable {

    private final Instant since;
    private final List<Feed> feeds;
    private final List<RunningInstance> instances;
    private final List<PluginStatus> refused;
    private final Map<String, GapLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, OddFrames> oddFrames = new LinkedHashMap<>();
    private final List<JournalReader> readers = new ArrayList<>();
    private final List<GapFollower> followers = new ArrayList<>();

    private StatusBoard(Instant since, List<Feed> feeds, List<RunningInstance> instances, List<PluginStatus> refused) {
        this.since = since;
        this.feeds = List.copyOf(feeds);
        this.instances = List.copyOf(instances);
        this.refused = List.copyOf(refused);
    }

    /** Begins to follow the journals of these feeds. */
    static StatusBoard start(
            Instant since, List<Feed> feeds, List<RunningInstance> instances, List<PluginStatus> refused) {
        StatusBoard board = new StatusBoard(since, feeds, instances, refused);
        for (Feed feed : board.feeds) {
            GapLedger ledger = new GapLedger();
            JournalReader reader = feed.reader();
            OddFrames odd = new OddFrames(since);
            board.ledgers.put(feed.name(), ledger);
            board.oddFrames.put(feed.name(), odd);
            board.readers.add(reader);
            board.followers.add(GapFollower.start(reader, feed::openGap, ledger, odd));
        }
        return board;
    }

    /** The gaps, by subscription. */
    Map<String, GapLedger> ledgers() {
        return Map.copyOf(ledgers);
    }

    ServerStatus status() {
        List<SubscriptionStatus> subscriptions = new ArrayList<>();
        Map<String, Long> durable = new LinkedHashMap<>();
        for (Feed feed : feeds) {
            SubscriptionStatus status =
                    feed.status(odd(feed).counts(), ledger(feed).summary());
            subscriptions.add(status);
            durable.put(feed.name(), status.journal().durableSequence());
        }
        List<PluginStatus> plugins = new ArrayList<>();
        instances.forEach(instance -> plugins.add(status(instance, durable.getOrDefault(instance.subscription(), 0L))));
        plugins.addAll(refused);
        return new ServerStatus(Installation.version(), since, subscriptions, plugins);
    }

    private OddFrames odd(Feed feed) {
        return oddFrames.getOrDefault(feed.name(), new OddFrames(since));
    }

    private GapLedger ledger(Feed feed) {
        return ledgers.getOrDefault(feed.name(), new GapLedger());
    }

    private static PluginStatus status(RunningInstance instance, long durable) {
        PluginInstance.Status status = instance.status();
        return new PluginStatus(
                instance.name(),
                instance.plugin(),
                instance.subscription(),
                status.state().name().toLowerCase(Locale.ROOT),
                Optional.empty(),
                status.handled(),
                status.gaps(),
                status.parked(),
                status.parkedNow(),
                status.retries(),
                OptionalLong.of(status.position()),
                OptionalLong.of(Math.max(0, durable + 1 - status.position())));
    }

    /** Ends following. What was asked for the last time remains the answer. */
    @Override
    public void close() {
        followers.forEach(GapFollower::close);
        readers.forEach(JournalReader::close);
    }
}
