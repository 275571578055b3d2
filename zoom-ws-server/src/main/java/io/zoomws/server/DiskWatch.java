package io.zoomws.server;

import io.zoomws.feed.Feed;
import io.zoomws.server.status.DiskStatus;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the room that each journal has and takes, on a thread of its own: a disk that does not answer holds neither a status
 * nor the feed. Each segment is asked for its size, so that it is not looked at with every status.
 */
final class DiskWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final List<Feed> feeds;
    private final Map<String, DiskStatus> newest = new ConcurrentHashMap<>();
    private final StopRequest stop = new StopRequest();
    private final Thread thread = new Thread(this::run, "disk");

    private DiskWatch(List<Feed> feeds) {
        this.feeds = List.copyOf(feeds);
        thread.setDaemon(true);
    }

    /** Looks once, and then again and again. */
    static DiskWatch start(List<Feed> feeds) {
        DiskWatch watch = new DiskWatch(feeds);
        watch.look();
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!stop.await(BETWEEN)) {
                look();
            }
        } catch (InterruptedException e) {
            log.error("the disk is looked at no more: somebody interrupted the thread");
        }
    }

    private void look() {
        for (Feed feed : feeds) {
            try {
                newest.put(feed.name(), look(feed));
            } catch (JournalException e) {
                log.debug("{}: the size of the journal cannot be told: {}", feed.name(), e.getMessage());
            }
        }
    }

    private static DiskStatus look(Feed feed) {
        Feed.Room room = feed.room();
        return new DiskStatus(
                room.usableBytes(),
                feed.journal().reserveBytes(),
                room.journal().bytes(),
                room.journal().firstReceivedAt());
    }

    /** What was seen last. */
    DiskStatus of(String subscription) {
        return newest.getOrDefault(subscription, DiskStatus.UNKNOWN);
    }

    /** Ends the thread, and waits for that. */
    @Override
    public void close() {
        stop.requestAndAwait(thread);
    }
}
