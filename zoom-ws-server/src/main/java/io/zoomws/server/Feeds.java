package io.zoomws.server;

import io.zoomws.auth.OAuthClient;
import io.zoomws.core.BackOff;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.feed.Feed;
import io.zoomws.feed.FeedSettings;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.host.HostedJournal;
import io.zoomws.server.plugins.MetricsOfPlugins;
import java.nio.file.Path;

/** What lies between a server's settings, its feeds and its plugins. */
final class Feeds {

    private Feeds() {}

    /**
     * Opens the journal of a subscription and prepares its connection.
     *
     * @throws io.zoomws.spi.JournalException if the journal cannot be opened for writing
     */
    static Feed open(Settings.Subscription subscription, Settings.Connection way, Path data, JournalSettings storage) {
        OAuthClient client = new OAuthClient(
                subscription.tokenUrl(),
                subscription.clientId(),
                subscription.clientSecret(),
                subscription.accountId());
        ConnectionSettings connection = ConnectionSettings.parse(
                        subscription.subscriptionId(), subscription.webSocketUrl(), way.allowInsecure())
                .withHeartbeat(way.heartbeat(), way.heartbeatTimeout())
                .withRenewal(way.renewal())
                .withHandshakeTimeout(way.connectTimeout())
                .withMaxFrameBytes(way.maxFrameBytes())
                .withBackOff(BackOff.DEFAULT.withMost(way.longestBackOff()))
                .withTransport(way.transport());
        return Feed.open(new FeedSettings(subscription.name(), client, connection, data, storage));
    }

    /** What plugins follow. */
    static HostedJournal hosted(Feed feed, Path data, MetricsOfPlugins metrics) {
        CursorStore cursors = Journals.cursors(data, feed.name());
        return new HostedJournal(
                feed.name(),
                feed::reader,
                cursors::open,
                cursors::set,
                InstanceFiles.in(data, feed.name()),
                metrics,
                () -> feed.journal().durableSequence());
    }
}
