package io.zoomws.feed;

import io.zoomws.auth.OAuthClient;
import io.zoomws.auth.OAuthTokenSource;
import io.zoomws.auth.Secret;
import io.zoomws.core.BackOff;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.core.FrameSink;
import io.zoomws.core.ZoomConnection;
import io.zoomws.journal.JournalWriter;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A feed from a simulated Zoom whose delays are milliseconds, so that hundreds of outages pass in a minute. */
record ImpatientFeed(JournalWriter journal, OAuthTokenSource tokens, ZoomConnection connection)
        implements AutoCloseable {

    private static final BackOff FAST = new BackOff(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofSeconds(60),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(150),
            Integer.MAX_VALUE,
            Duration.ofMillis(1));

    /** Starts to receive the subscription {@code main} into a data directory; the sink may be wrapped to look on. */
    static ImpatientFeed start(ZoomSimulator zoom, Path data, UnaryOperator<FrameSink> wrapping) {
        SimulatorSettings app = zoom.settings();
        JournalWriter journal = JournalWriter.open(data, "main");
        JournalingListener listener = new JournalingListener("main", journal);
        OAuthTokenSource tokens = new OAuthTokenSource(
                new OAuthClient(
                        zoom.tokenUrl(), app.clientId(), Secret.of(app.clientSecret()), Optional.of(app.accountId())),
                Clock.systemUTC());
        ConnectionSettings settings = ConnectionSettings.of(zoom.webSocketUrl(), app.subscriptionId())
                .withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
                .withHandshakeTimeout(Duration.ofMillis(1000))
                .withBackOff(FAST);
        ZoomConnection connection =
                new ZoomConnection(settings, tokens, wrapping.apply(listener), listener, 1, Optional.empty());
        journal.onDrained(connection::resumeReading);
        connection.start();
        return new ImpatientFeed(journal, tokens, connection);
    }

    @Override
    public void close() {
        connection.close();
        tokens.close();
        journal.close();
    }
}
