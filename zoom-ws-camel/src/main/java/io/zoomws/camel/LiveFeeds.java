package io.zoomws.camel;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live feeds of a component: one a subscription, shared by its routes, and open while at least one of them runs. While a
 * context starts, none connects before every consumer knows where it begins: Camel starts them one after the other, and what
 * came in between would be missing where {@code from=latest}. May be called by any thread.
 */
final class LiveFeeds implements StartupListener, AutoCloseable {

    /** Modules that are needed for this and for nothing else. */
    private static final Set<String> NEEDED =
            Set.of("io/zoomws/feed/", "io/zoomws/core/", "io/zoomws/auth/", "io/zoomws/journal/");

    private static final Logger log = LoggerFactory.getLogger(LiveFeeds.class);

    private static final class Shared {

        final LiveSettings settings;
        final LiveFeed feed;
        int routes;
        boolean wanted;

        Shared(LiveSettings settings, LiveFeed feed) {
            this.settings = settings;
            this.feed = feed;
        }
    }

    private final BooleanSupplier starting;

    /** Guarded by this, as what it holds. */
    private final Map<String, Shared> open = new HashMap<>();

    /**
     * None yet.
     *
     * @param starting whether the context is about to start its routes
     */
    LiveFeeds(BooleanSupplier starting) {
        this.starting = starting;
    }

    /**
     * Takes part in a feed; the first route opens it, and events come from its {@link Lease#begin()} on, or from the end of the
     * context's start if that is later.
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
            return new JournalAccess(reader, shared.feed.cursors(), new Place(shared, reader));
        } finally {
            if (!joined) {
                leave(shared);
            }
        }
    }

    /** Before the consumers start: too early. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}

    @Override
    public synchronized void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        open.values().stream().filter(shared -> shared.wanted).forEach(shared -> shared.feed.start());
    }

    private LiveFeed start(LiveSettings wanted, String name) {
        try {
            refuseRival(wanted);
            return LiveFeed.open(wanted);
        } catch (JournalException e) {
            throw new IllegalArgumentException(
                    name + ": data=" + wanted.data() + ": " + e.getMessage()
                            + (LiveFeed.isHeld(wanted) ? " To read beside it, use source=tail." : ""),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + asOptions(String.valueOf(e.getMessage())), e);
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

    /** The modules that receive name settings as the server's configuration does. */
    private static String asOptions(String message) {
        return message.replace("websocket-url", "webSocketUrl")
                .replace("token-url", "tokenUrl")
                .replace("unless insecure connections are allowed", "unless allowInsecure=true");
    }

    /** Zoom keeps one connection a subscription: two of them would kick each other for ever. */
    private void refuseRival(LiveSettings wanted) {
        String id = LiveFeed.subscriptionId(wanted);
        for (Shared other : open.values()) {
            if (LiveFeed.subscriptionId(other.settings).equals(id)) {
                throw new IllegalArgumentException("zoomws:" + other.settings.subscription()
                        + " receives the same subscriptionId already, and Zoom keeps one connection of it: use that name here"
                        + " too, or bind the credentials of another subscription as " + LiveSettings.CREDENTIALS_BEAN
                        + wanted.subscription() + " in the registry");
            }
        }
    }

    /** The last one closes the connection and brings the journal to the disk. */
    private void leave(Shared shared) {
        shared.routes--;
        if (shared.routes == 0) {
            close(shared);
        }
    }

    private void close(Shared shared) {
        String subscription = shared.settings.subscription();
        open.remove(subscription, shared);
        letGo(subscription, shared.feed::close);
    }

    /** Nobody is left who could be told by an exception: a pump is at its end, or a context stops. */
    static void letGo(String subscription, Runnable closing) {
        try {
            closing.run();
        } catch (JournalException e) {
            log.error("zoomws:{}: the journal was not closed in order: {}", subscription, Causes.line(e));
        }
    }

    /**
     * Stops receiving and lets go of the journals, whatever the routes do. An exchange that has not ended by now may go on: its
     * position was not saved, so that it comes again.
     */
    @Override
    public synchronized void close() {
        List.copyOf(open.values()).forEach(this::close);
    }

    /** Of one route. */
    private final class Place implements Lease {

        private final Shared shared;
        private final JournalReader reader;
        private boolean left;

        Place(Shared shared, JournalReader reader) {
            this.shared = shared;
            this.reader = reader;
        }

        @Override
        public void begin() {
            synchronized (LiveFeeds.this) {
                shared.wanted = true;
                if (!starting.getAsBoolean()) {
                    shared.feed.start();
                }
            }
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
                    letGo(shared.settings.subscription(), reader::close);
                    leave(shared);
                }
            }
        }
    }
}
