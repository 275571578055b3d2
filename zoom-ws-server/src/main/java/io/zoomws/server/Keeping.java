package io.zoomws.server;

import io.zoomws.feed.RetentionLoop;
import io.zoomws.journal.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The retention that is in force, of which a reload may make another. */
final class Keeping implements AutoCloseable {

    private final Path data;
    private final List<String> subscriptions;
    private @Nullable RetentionLoop loop; // guarded by this
    private volatile RetentionPolicy policy = RetentionPolicy.KEEP_ALL;
    private boolean closed; // guarded by this

    Keeping(Path data, List<String> subscriptions) {
        this.data = data;
        this.subscriptions = List.copyOf(subscriptions);
    }

    /** Goes by another policy from now on; waits for the journal that is just being looked at. */
    synchronized void keep(RetentionPolicy other) {
        end();
        policy = other;
        if (!closed) {
            loop = RetentionLoop.start(data, subscriptions, other);
        }
    }

    /** The one that is in force. */
    RetentionPolicy policy() {
        return policy;
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        RetentionLoop before = loop;
        loop = null;
        if (before != null) {
            before.close();
        }
    }
}
