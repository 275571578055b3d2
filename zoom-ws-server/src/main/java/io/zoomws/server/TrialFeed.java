package io.zoomws.server;

import io.zoomws.core.ConnectionStatus;
import io.zoomws.feed.Feed;
import io.zoomws.server.config.Settings;
import io.zoomws.server.doctor.Trial;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A feed for a while, without a server around it: what comes is journaled all the same, and so are the gaps around it. */
public final class TrialFeed implements Trial {

    private final Feed feed;
    private final JournalReader reader;
    private final Tailer tailer;

    private TrialFeed(Feed feed, JournalReader reader, Tailer tailer) {
        this.feed = feed;
        this.reader = reader;
        this.tailer = tailer;
    }

    /**
     * Opens the journal of a subscription and begins to connect.
     *
     * @param settings of the server
     * @param subscription one of them
     * @return the trial, to be closed
     * @throws io.zoomws.spi.JournalException if the journal cannot be written, or somebody else writes it
     */
    public static TrialFeed start(Settings settings, Settings.Subscription subscription) {
        Feed feed = Feeds.open(subscription, settings.connection(), settings.data(), settings.storage());
        boolean started = false;
        try {
            JournalReader reader = feed.reader();
            Tailer tailer = reader.tail(reader.resolve(Position.LATEST));
            feed.start();
            started = true;
            return new TrialFeed(feed, reader, tailer);
        } finally {
            if (!started) {
                feed.stopReceiving();
                feed.close();
            }
        }
    }

    @Override
    public ConnectionStatus connection() {
        return feed.connection();
    }

    @Override
    public @Nullable Entry next(Duration atMost) throws InterruptedException {
        return tailer.poll(atMost);
    }

    @Override
    public void close() {
        try {
            feed.stopReceiving();
            tailer.close();
            reader.close();
        } finally {
            feed.close();
        }
    }
}
