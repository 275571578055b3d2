package io.zoomws.feed;

import io.zoomws.auth.OAuthTokenSource;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.Outage;
import io.zoomws.core.ZoomConnection;
import io.zoomws.journal.JournalStatus;
import io.zoomws.journal.JournalSummary;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.OpenGap;
import io.zoomws.journal.StorageListener;
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
 *
 * <p>Methods may be called by any thread. The end has two steps, {@link #stopReceiving()} and {@link #close()}, so that
 * whoever reads the journal can finish in between.
 */
public final class Feed implements AutoCloseable {

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
     * @param settings what to receive, and where to put it
     * @return a feed that receives nothing yet; to be closed by the caller
     * @throws io.zoomws.spi.JournalException if the journal cannot be opened for writing; if another writer holds it, that one is named
     */
    public static Feed open(FeedSettings settings) {
        JournalWriter journal =
                JournalWriter.open(settings.data(), settings.subscription(), Clock.systemUTC(), settings.journal());
        boolean connected = false;
        try {
            Feed feed = connect(settings, journal);
            connected = true;
            return feed;
        } finally {
            if (!connected) {
                journal.close();
            }
        }
    }

    private static Feed connect(FeedSettings settings, JournalWriter journal) {
        // The first connection of this run ends the interval since the last one was proven live.
        Optional<Outage> outage = journal.lastRun().map(run -> new Outage(run.provenUntilNanos(), run.cause()));
        JournalingListener listener = new JournalingListener(settings.subscription(), journal);
        FrameCounter frames = new FrameCounter(listener);
        OAuthTokenSource tokens = new OAuthTokenSource(
                settings.client(), Clock.systemUTC(), settings.connection().transport());
        ZoomConnection connection = new ZoomConnection(
                settings.connection(), tokens, frames, listener, journal.lastConnection() + 1, outage);
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
        return new Feed(settings.subscription(), settings.data(), journal, tokens, connection, frames);
    }

    /**
     * What users call the subscription.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /** Begins to connect. A second call does nothing, nor does one after {@link #stopReceiving()}. */
    public void start() {
        connection.start();
    }

    /**
     * Opens a new connection in place of one that is ready, as before the end of a token; no event is lost by it.
     *
     * @param why for the log, a short phrase without any secret
     */
    public void renew(String why) {
        connection.renew(why);
    }

    /**
     * A reader of the journal that is woken without a detour over the file system.
     *
     * @return a reader; the caller closes it before the feed is closed
     */
    public JournalReader reader() {
        return journal.reader();
    }

    /**
     * How the connection is.
     *
     * @return the newest status
     */
    public ConnectionStatus connection() {
        return connection.status();
    }

    /**
     * What has come since {@link #start()}.
     *
     * @return counts, which may be a frame apart from each other
     */
    public FrameCounts frames() {
        return frames.counts();
    }

    /**
     * How the journal is.
     *
     * @return the newest status
     */
    public JournalStatus journal() {
        return journal.status();
    }

    /**
     * The room that the journal has and takes.
     *
     * @param usableBytes what is free on its file system for this process
     * @param journal its ends and sizes
     */
    public record Room(long usableBytes, JournalSummary journal) {}

    /**
     * Looks at the disk under the journal; each of its segments is asked for its size.
     *
     * @return the room there is now
     * @throws io.zoomws.spi.JournalException if the journal cannot be read
     */
    public Room room() {
        return new Room(data.resolve(name).toFile().getUsableSpace(), Journals.summary(data, name));
    }

    /**
     * The gap that is open at the end of the journal.
     *
     * @return empty if the connection is ready, or if there never was one
     */
    public Optional<OpenGap> openGap() {
        return Journals.openGap(data, name);
    }

    /**
     * Why the journal takes no more, for good.
     *
     * @return a line for the user; empty if it has not failed
     */
    public Optional<String> failure() {
        JournalStatus status = journal.status();
        return status.state() == JournalStatus.State.FAILED ? status.failure() : Optional.empty();
    }

    /** Ends the connection with a close frame. When this returns, no more frames come. A second call does nothing. */
    public void stopReceiving() {
        connection.close();
        tokens.close();
    }

    /**
     * Stops receiving, brings what was received to the disk and lets go of the journal. A second call does nothing.
     *
     * @throws io.zoomws.spi.JournalException if that fails
     */
    @Override
    public void close() {
        stopReceiving();
        journal.close();
    }
}
