package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Secret;
import io.zoomws.feed.Feed;
import io.zoomws.feed.FrameCounts;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.config.Settings;
import io.zoomws.server.status.OddFrameCounts;
import io.zoomws.server.status.SubscriptionStatus;
import io.zoomws.simulator.FaultScript;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever may come in a frame, through one socket into the journal, again and again: nothing ends the connection, and each
 * oddity is counted by its kind. {@code -Dcampaign.oddities=500} for more rounds; a small {@code -Xmx} shows that none is kept.
 */
@Timeout(1800)
class OddInputTest {

    private static final int ROUNDS = Integer.getInteger("campaign.oddities", 1);

    private static final List<String> UNREADABLE = List.of(
            "odd-frame: empty",
            "odd-frame: not-json",
            "odd-frame: malformed",
            "odd-frame: not-an-object",
            "odd-frame: deep-nesting",
            "odd-frame: invalid-utf8",
            "odd-frame: nul",
            "odd-frame: control-characters",
            "odd-frame: binary",
            "odd-frame: oversize");
    private static final List<String> UNKNOWN_MODULE = List.of(
            "odd-frame: unknown-module",
            "odd-frame: missing-module",
            "odd-frame: bom",
            "odd-frame: { kind: oversize, size: 10000000 }",
            "frame: '{\"module\":7}'");
    private static final List<String> WITHOUT_EVENT =
            List.of("odd-frame: missing-content", "odd-frame: content-not-json");
    /** What is odd and yet an event or an answer. */
    private static final List<String> READABLE = List.of(
            "odd-frame: duplicate-keys",
            "odd-frame: huge-number",
            "odd-frame: ping",
            "odd-frame: pong",
            "event-object:",
            "event-bare:",
            "event-fragment: { bytes: 1, pings: true }",
            "event-topic:");

    @TempDir
    private Path data;

    @Test
    void nothingEndsTheConnectionAndEachOddityIsCountedByItsKind() throws Exception {
        try (ZoomSimulator zoom =
                        ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
                Feed feed =
                        Feeds.open(subscription(zoom), Settings.Connection.STANDARD, data, JournalSettings.DEFAULT);
                StatusBoard board =
                        StatusBoard.start(Instant.EPOCH, List.of(feed), List::of, () -> RetentionPolicy.KEEP_ALL)) {
            feed.start();
            while (zoom.stats().connectionsLive() == 0) {
                new StopRequest()
                        .await(Duration.ofMillis(10)); // an oddity without a connection would be spent on nobody
            }
            try (JournalReader reader = feed.reader();
                    Tailer tailer = reader.tail(1)) {
                for (int round = 0; round < ROUNDS; round++) {
                    List.of(UNREADABLE, UNKNOWN_MODULE, WITHOUT_EVENT, READABLE)
                            .forEach(kind -> kind.forEach(oddity -> send(zoom, oddity)));
                    zoom.send("{\"event\":\"odd.end\",\"payload\":{}}");
                    awaitEnd(tailer); // or the simulator's memory would hold what is not read yet
                }
            }
            feed.stopReceiving();
            OddFrameCounts expected = new OddFrameCounts(
                    (long) ROUNDS * UNREADABLE.size(),
                    (long) ROUNDS * UNKNOWN_MODULE.size(),
                    (long) ROUNDS * WITHOUT_EVENT.size());
            while (status(board).gaps().countedTo() < status(board).journal().appendedSequence()) {
                new StopRequest().await(Duration.ofMillis(10));
            }

            SubscriptionStatus status = status(board);
            assertThat(status.oddFrames()).isEqualTo(expected);
            FrameCounts frames = status.frames();
            assertThat(frames.binary()).isEqualTo(ROUNDS);
            assertThat(frames.tooLong()).isEqualTo(ROUNDS);
            assertThat(zoom.stats().connectionsOpened()).as("connections").isEqualTo(1);
        }
    }

    private static void send(ZoomSimulator zoom, String oddity) {
        zoom.inject(FaultScript.of("faults:\n  - event: 1\n    " + oddity + "\n"));
        zoom.send("{\"event\":\"odd.neighbour\",\"payload\":{\"object\":{\"topic\":\"t\"}}}");
    }

    private static void awaitEnd(Tailer tailer) throws InterruptedException {
        while (true) {
            Entry entry = tailer.poll(Duration.ofMinutes(1));
            assertThat(entry).as("the next entry within a minute").isNotNull();
            if (entry instanceof ZoomEvent event && event.type().equals("odd.end")) {
                return;
            }
        }
    }

    private static SubscriptionStatus status(StatusBoard board) {
        return board.status().subscriptions().get(0);
    }

    private static Settings.Subscription subscription(ZoomSimulator zoom) {
        SimulatorSettings app = zoom.settings();
        return new Settings.Subscription(
                "main",
                app.subscriptionId(),
                app.clientId(),
                Secret.of(app.clientSecret()),
                Optional.of(app.accountId()),
                zoom.tokenUrl(),
                zoom.webSocketUrl());
    }
}
