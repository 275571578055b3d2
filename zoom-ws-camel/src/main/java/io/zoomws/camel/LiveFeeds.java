package io.zoomws.camel;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The live feeds of a component: one a subscription, shared by its routes, and open while at least one of them runs. May be
 * called by any thread.
 */
final class LiveFeeds {

    /** Modules that are needed for this and for nothing else. */
    private static final Set<String> NEEDED =
            Set.of("io/zoomws/feed/", "io/zoomws/core/", "io/zoomws/auth/", "io/zoomws/journal/");

    private static final class Shared {

        final LiveSettings settings;
        final LiveFeed feed;
        int routes;

        Shared(LiveSettings settings, LiveFeed feed) {
            this.settings = settings;
            this.feed = feed;
        }
    }

    private final Map<String, Shared> open = new HashMap<>();

    /**
     * Takes part in a feed; the first route opens it, and events come from its {@link Lease#begin()} on.
     *
     * @throws IllegalArgumentException that says in a line for users what is in the way
     */
    synchronized JournalAccess join(LiveSettings wanted, String name) {
        Shared shared = open.get(wanted.subscription());
        if (shared == null) {
            shared = new Shared(wanted, start(wanted, name));
            open.put(wanted.subscription(), shared);
        } else if (!shared.settings.equals(wanted)) {
            throw new IllegalArgumentException(name + ": another route has this subscription with source=live and data="
                    + shared.settings.data() + ", or with other credentials: give both the same, or use source=tail");
        }
        shared.routes++;
        boolean joined = false;
        try {
            JournalReader reader = shared.feed.reader();
            joined = true;
            return new JournalAccess(reader, shared.feed.cursors(), new Place(wanted.subscription(), shared, reader));
        } finally {
            if (!joined) {
                leave(wanted.subscription(), shared);
            }
        }
    }

    private static LiveFeed start(LiveSettings wanted, String name) {
        try {
            return LiveFeed.open(wanted);
        } catch (JournalException e) {
            throw new IllegalArgumentException(
                    name + ": data=" + wanted.data() + ": " + e.getMessage()
                            + (LiveFeed.isHeld(wanted) ? " To read beside it, use source=tail." : ""),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            String missing = String.valueOf(e.getMessage());
            if (NEEDED.stream().noneMatch(missing::startsWith)) {
                throw e;
            }
            throw new IllegalArgumentException(
                    name + ": source=live needs the modules that receive: add io.zoomws:zoom-ws-feed to the class path",
                    e);
        }
    }

    /** The last one closes the connection and brings the journal to the disk. */
    private void leave(String subscription, Shared shared) {
        shared.routes--;
        if (shared.routes == 0) {
            open.remove(subscription);
            shared.feed.close();
        }
    }

    /** Of one route. */
    private final class Place implements Lease {

        private final String subscription;
        private final Shared shared;
        private final JournalReader reader;
        private boolean left;

        Place(String subscription, Shared shared, JournalReader reader) {
            this.subscription = subscription;
            this.shared = shared;
            this.reader = reader;
        }

        @Override
        public void begin() {
            shared.feed.start();
        }

        @Override
        public Optional<String> trouble() {
            return shared.feed.trouble();
        }

        @Override
        public void close() {
            synchronized (LiveFeeds.this) {
                if (!left) {
                    left = true;
                    reader.close();
                    leave(subscription, shared);
                }
            }
        }
    }
}
