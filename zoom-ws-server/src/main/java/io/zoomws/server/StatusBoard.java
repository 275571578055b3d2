package io.zoomws.server;

import io.zoomws.feed.Feed;
import io.zoomws.journal.Journals;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapFollower;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.http.HttpSources;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how the server is, to whichever thread asks. Follows the journals for the gaps; all else is asked where it is known. */
final class StatusBoard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);

    private final Instant since;
    private final List<Feed> feeds;
    private final Supplier<List<PluginStatus>> plugins;
    private final Supplier<RetentionPolicy> retention;
    private final DiskWatch disks;
    private final Map<String, GapLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, OddFrames> oddFrames = new LinkedHashMap<>();
    private final Map<String, JournalReader> readers = new LinkedHashMap<>();
    private final List<GapFollower> followers = new ArrayList<>();

    private StatusBoard(
            Instant since,
            List<Feed> feeds,
            Supplier<List<PluginStatus>> plugins,
            Supplier<RetentionPolicy> retention,
            DiskWatch disks) {
        this.since = since;
        this.feeds = List.copyOf(feeds);
        this.plugins = plugins;
        this.retention = retention;
        this.disks = disks;
    }

    /** Begins to follow the journals of these feeds. */
    static StatusBoard start(
            Instant since,
            List<Feed> feeds,
            Supplier<List<PluginStatus>> plugins,
            Supplier<RetentionPolicy> retention) {
        StatusBoard board = new StatusBoard(since, feeds, plugins, retention, DiskWatch.start(feeds));
        for (Feed feed : board.feeds) {
            GapLedger ledger = new GapLedger();
            JournalReader reader = feed.reader();
            OddFrames odd = new OddFrames(since);
            board.ledgers.put(feed.name(), ledger);
            board.oddFrames.put(feed.name(), odd);
            board.readers.put(feed.name(), reader);
            board.followers.add(GapFollower.start(reader, feed::openGap, ledger, odd));
        }
        return board;
    }

    /** The gaps, by subscription. */
    Map<String, GapLedger> ledgers() {
        return Map.copyOf(ledgers);
    }

    /**
     * What HTTP tells of each subscription. Its journal is read through the reader that gaps are followed with.
     *
     * @param files where a subscription's instances park
     * @param handlers what answers requests to a subscription
     */
    List<HttpSources.Subscription> subscriptions(
            Function<String, InstanceFiles> files, Function<String, Map<String, ControlHandler>> handlers) {
        List<HttpSources.Subscription> subscriptions = new ArrayList<>();
        for (JournalReader reader : readers.values()) {
            String name = reader.subscription();
            subscriptions.add(new HttpSources.Subscription(
                    name,
                    ledgers().getOrDefault(name, new GapLedger()),
                    reader,
                    files.apply(name),
                    handlers.apply(name)));
        }
        return subscriptions;
    }

    ServerStatus status() {
        List<SubscriptionStatus> subscriptions =
                feeds.stream().map(this::status).toList();
        List<PluginStatus> instances = plugins.get().stream().map(this::withLag).toList();
        return new ServerStatus(Installation.version(), since, subscriptions, instances, retention.get());
    }

    private SubscriptionStatus status(Feed feed) {
        return new SubscriptionStatus(
                feed.name(),
                feed.connection(),
                feed.frames(),
                odd(feed).counts(),
                feed.journal(),
                ledger(feed).summary(),
                disks.of(feed.name()));
    }

    /** One small read of the index for each instance that lags; none for those that do not. */
    private PluginStatus withLag(PluginStatus plugin) {
        JournalReader reader = readers.get(plugin.subscription());
        boolean lags = plugin.lag().orElse(0) > 0 && plugin.position().isPresent();
        if (reader == null || !lags) {
            return plugin;
        }
        try {
            return plugin.withLagSince(
                    Journals.receivedAt(reader, plugin.position().getAsLong()));
        } catch (JournalException e) {
            log.debug(
                    "{}: how old the lag of {} is cannot be told: {}",
                    plugin.subscription(),
                    plugin.name(),
                    e.getMessage());
            return plugin;
        }
    }

    private OddFrames odd(Feed feed) {
        return oddFrames.getOrDefault(feed.name(), new OddFrames(since));
    }

    private GapLedger ledger(Feed feed) {
        return ledgers.getOrDefault(feed.name(), new GapLedger());
    }

    /** Ends following. What was asked for the last time remains the answer. */
    @Override
    public void close() {
        followers.forEach(GapFollower::close);
        readers.values().forEach(JournalReader::close);
        disks.close();
    }
}
