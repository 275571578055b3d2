package io.zoomws.camel;

import io.zoomws.auth.OAuthClient;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.core.ConnectionState;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.feed.Feed;
import io.zoomws.feed.FeedSettings;
import io.zoomws.feed.RetentionLoop;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.Journals;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connection and journal of one subscription. The only class that names the modules that receive, which may be absent. */
final class LiveFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private final LiveSettings settings;
    private final Feed feed;
    private final RetentionLoop retention;

    private LiveFeed(LiveSettings settings, Feed feed, RetentionLoop retention) {
        this.settings = settings;
        this.feed = feed;
        this.retention = retention;
    }

    /**
     * Opens the journal; nothing is received yet.
     *
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws io.zoomws.spi.JournalException if the journal cannot be written
     */
    static LiveFeed open(LiveSettings settings) {
        FeedSettings told = feedSettings(settings);
        URI from = told.connection().webSocketUrl();
        if (settings.allowInsecure() && from.getScheme().equalsIgnoreCase("ws")) {
            log.warn(
                    "zoomws:{}: allowInsecure=true: ACCESS TOKEN AND EVENTS TRAVEL IN THE CLEAR to {}; leave it out where they"
                            + " are real",
                    settings.subscription(),
                    from.getHost());
        }
        RetentionPolicy policy = new RetentionPolicy(
                Optional.ofNullable(settings.maxAge()),
                settings.maxBytes() == null ? OptionalLong.empty() : OptionalLong.of(settings.maxBytes()),
                OptionalLong.empty());
        Feed feed = Feed.open(told);
        return new LiveFeed(
                settings, feed, RetentionLoop.start(settings.data(), List.of(settings.subscription()), policy));
    }

    /**
     * What the feed is told.
     *
     * @throws IllegalArgumentException if a setting cannot be used
     */
    static FeedSettings feedSettings(LiveSettings settings) {
        ZoomWsCredentials app = settings.credentials();
        OAuthClient client = new OAuthClient(
                url("tokenUrl", settings.tokenUrl()),
                app.clientId(),
                Secret.of(app.clientSecret()),
                Optional.ofNullable(app.accountId()).filter(id -> !id.isBlank()));
        return new FeedSettings(
                settings.subscription(),
                client,
                connection(settings),
                settings.data(),
                JournalSettings.DEFAULT.withReserve(JournalSettings.USUAL_RESERVE));
    }

    private static ConnectionSettings connection(LiveSettings settings) {
        LiveSettings.Proxy proxy = settings.proxy();
        return ConnectionSettings.parse(
                        settings.credentials().subscriptionId(),
                        url("webSocketUrl", settings.webSocketUrl()),
                        settings.allowInsecure())
                .withTransport(proxy == null ? Transport.DIRECT : Transport.DIRECT.withProxy(proxy(proxy)));
    }

    /** What Zoom calls the subscription, however it was written. */
    static String subscriptionId(LiveSettings settings) {
        return connection(settings).subscriptionId();
    }

    private static Proxy proxy(LiveSettings.Proxy settings) {
        try {
            Proxy proxy = Proxy.parse(settings.url());
            return settings.user() == null || settings.password() == null
                    ? proxy
                    : proxy.withCredentials(new Proxy.Credentials(settings.user(), Secret.of(settings.password())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy: " + e.getMessage(), e);
        }
    }

    private static URI url(String option, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes the URL, in which users paste tokens.
            throw new IllegalArgumentException(option + " cannot be read: use an absolute URL");
        }
    }

    /** Whether another writer has the journal. */
    static boolean isHeld(LiveSettings settings) {
        return Journals.holder(settings.data(), settings.subscription()).isPresent();
    }

    /** A reader of its own for a route, which closes it. */
    JournalReader reader() {
        return feed.reader();
    }

    Cursors cursors() {
        return Journals.cursors(settings.data(), settings.subscription());
    }

    void start() {
        feed.start();
    }

    Optional<String> trouble() {
        ConnectionStatus status = feed.connection();
        return feed.failure()
                .or(() -> status.state() == ConnectionState.READY ? Optional.empty() : Optional.of(status.line()));
    }

    @Override
    public void close() {
        feed.stopReceiving();
        retention.close();
        feed.close();
    }
}
