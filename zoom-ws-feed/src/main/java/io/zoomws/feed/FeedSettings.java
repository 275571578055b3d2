package io.zoomws.feed;

import io.zoomws.auth.OAuthClient;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.journal.JournalSettings;
import java.nio.file.Path;

/**
 * What a feed is told. It holds a client secret, but no text of it does.
 *
 * @param subscription what users call it; names its folder in the data directory
 * @param client the app that asks for tokens, by the transport of the connection
 * @param connection where events come from, and how
 * @param data the data directory
 * @param journal how the journal is written
 */
public record FeedSettings(
        String subscription, OAuthClient client, ConnectionSettings connection, Path data, JournalSettings journal) {}
