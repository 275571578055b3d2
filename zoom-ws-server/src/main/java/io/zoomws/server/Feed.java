package io.zoomws.server;

import io.zoomws.auth.OAuthClient;
import io.zoomws.auth.OAuthTokenSource;
import io.zoomws.core.BackOff;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.core.Outage;
import io.zoomws.core.ZoomConnection;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.OpenGap;
import io.zoomws.journal.StorageListener;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.host.HostedJournal;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.status.OddFrameCounts;
import io.zoomws.server.status.SubscriptionStatus;
import io.zoomws.spi.JournalReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One subscription: from Zoom's socket into its journal. Core and journal do not know each other; this is where they meet.
 *
 * <p>Back-pressure runs both ways: when the journal's memory fills up, the socket is read no more, and when it has drained,
 * reading goes on. When nothing can be stored at all, the connection is given up until it can: so the gap is stated, rather
 * than events taken that would be lost.
 */
final class Feed implements AutoCloseable {

    private final String name;
    private final Path data;
    private final JournalWriter journal;
    private final OAuthTokenSource tokens;
    private final ZoomConnection connection;
    private final FrameCounter frames;

    private Feed(
            String name,
            Path data,
            JournalWriter journal,
            OAuthTokenSource tokens,
            ZoomConnection connection,
            FrameCounter frames) {
        this.name = name;
        this.data = data;
        this.journal = journal;
        this.tokens = tokens;
        this.connection = connection;
        this.frames = frames;
    }

    /**
     * Opens the journal and prepares the connection, which {@link #start()} starts.
     *
     * @throws io.zoomws.spi.JournalException if the journal cannot be opened for writing
     */
    static Feed open(Settings.Subscription subscription, Settings.Connection way, Path data, JournalSettings storage) {
        OAuthClient client = new OAuthClient(
                subscription.tokenUrl(),
                subscription.clientId(),
                subscription.clientSecret(),
                subscription.accountId());
        ConnectionSettings settings = ConnectionSettings.parse(
                        subscription.subscriptionId(), subscription.webSocketUrl(), way.allowInsecure())
                .withHeartbeat(way.heartbeat(), way.heartbeatTimeout())
                .withRenewal(way.renewal())
                .withHandshakeTimeout(way.connectTimeout())
                .withMaxFrameBytes(way.maxFrameBytes())
                .withBackOff(BackOff.DEFAULT.withMost(way.longestBackOff()))
                .withTransport(way.transport());
        JournalWriter journal = JournalWriter.open(data, subscription.name(), Clock.systemUTC(), storage);
        // The first connection of this run ends the interval since the last one was proven live.
        Optional<Outage> outage = journal.lastRun().map(run -> new Outage(run.provenUntilNanos(), run.cause()));
        JournalingListener listener = new JournalingListener(subscription.name(), journal);
        FrameCounter frames = new FrameCounter(listener);
        OAuthTokenSource tokens = new OAuthTokenSource(client, Clock.systemUTC(), way.transport());
        ZoomConnection connection =
                new ZoomConnection(settings, tokens, frames, listener, journal.lastConnection() + 1, outage);
        journal.onDrained(connection::resumeReading);
        journal.onStorage(new StorageListener() {
            @Override
            public void stopped(String why) {
                connection.hold(why);
            }

            @Override
            public void resumed() {
                connection.release();
            }
        });
        return new Feed(subscription.name(), data, journal, tokens, connection, frames);
    }

    String name() {
        return name;
    }

    void start() {
        connection.start();
    }

    void renew(String why) {
        connection.renew(why);
    }

    /** A reader of the journal; the caller closes it before the feed is closed. */
    JournalReader reader() {
        return journal.reader();
    }

    /** What plugins follow. */
    HostedJournal hosted(MetricsOfPlugins metrics) {
        CursorStore cursors = Journals.cursors(data, name);
        return new HostedJournal(
                name,
                journal::reader,
                cursors::open,
                cursors::set,
                InstanceFiles.in(data, name),
                metrics,
                () -> journal.status().durableSequence());
    }

    /** How the subscription is, with the gaps and odd frames that the caller knows. */
    SubscriptionStatus status(OddFrameCounts odd, GapLedger.Summary gaps) {
        return new SubscriptionStatus(name, connection.status(), frames.counts(), odd, journal.status(), gaps);
    }

    /** The gap that is open at the end of the journal. */
    Optional<OpenGap> openGap() {
        return Journals.openGap(data, name);
    }

    /** Why the journal takes no more, if it has failed. */
    Optional<String> failure() {
        JournalStatus status = journal.status();
        return status.state() == JournalStatus.State.FAILED ? status.failure() : Optional.empty();
    }

    /** Ends the connection with a close frame. When this returns, no more frames come. */
    void stopReceiving() {
        connection.close();
        tokens.close();
    }

    /**
     * Brings what was received to the disk and lets go of the journal.
     *
     * @throws io.zoomws.spi.JournalException if that fails
     */
    @Override
    public void close() {
        journal.close();
    }
}
