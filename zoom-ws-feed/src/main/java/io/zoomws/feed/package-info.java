/**
 * From Zoom's socket into the journal of a subscription: where the connection and the journal, which do not know each other, meet.
 *
 * <p>Called by the server and by the Camel component. Read first {@link io.zoomws.feed.Feed} (what runs),
 * {@link io.zoomws.feed.FeedSettings} (what it is told) and {@code JournalingListener} (what becomes an entry).
 */
@NullMarked
package io.zoomws.feed;

import org.jspecify.annotations.NullMarked;
