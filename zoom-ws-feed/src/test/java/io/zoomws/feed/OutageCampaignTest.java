package io.zoomws.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.FrameSink;
import io.zoomws.core.FrameType;
import io.zoomws.core.ZoomConnection;
import io.zoomws.journal.Journals;
import io.zoomws.simulator.FaultScript;
import io.zoomws.simulator.MissedEvent;
import io.zoomws.simulator.SentEvent;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outages of every kind that a server can cause, at random, on real sockets: what the simulator's ledger says was lost lies
 * in a gap, and everything else is in the journal. {@code -Dcampaign.outages=1000} for more, {@code -Dcampaign.seed=N} to repeat.
 */
@Timeout(3600)
class OutageCampaignTest {

    private static final int OUTAGES = Integer.getInteger("campaign.outages", 25);

    /** For so long a kick by somebody else may hide behind a renewal of our own: decision 6. */
    private static final Duration RIVALS_MOMENT = Duration.ofMillis(150);

    /** Each is done at the next event, or to the next handshake or token. */
    private static final List<String> KINDS = List.of(
            "close: { code: 1000, reason: Bye }",
            "close: 1001",
            "close: 1006",
            "close: 1011",
            "close: 4001",
            "close: { code: none }",
            "reset:",
            "drop:",
            "half-close:",
            "mute:\n    for: 2s",
            "deaf:\n    for: 2s",
            "stall:\n    for: 200ms",
            "ignore-heartbeats:\n    for: 2s",
            "kick: frame",
            "kick: reason",
            "kick: bare",
            "accept-and-close:\n    for: 300ms",
            "expire-tokens:",
            "overlap: both\n    for: 300ms",
            "overlap: alternate\n    for: 300ms");

    /** What the way back may meet with. */
    private static final List<String> OBSTACLES = List.of(
            "",
            "",
            "  - handshake: 1\n    refuse: no reason\n",
            "  - handshake: 1\n    handshake-status: 502\n",
            "  - handshake: 1\n    handshake-reset:\n",
            "  - handshake: 1\n    handshake-wrong-accept:\n",
            "  - handshake: 1\n    confirm-late: 200ms\n",
            "  - handshake: 1\n    confirm-never:\n",
            "  - handshake: 1\n    confirm-malformed:\n",
            "  - token: 1\n    token-status: 503\n",
            "  - token: 1\n    token-html:\n");

    @TempDir
    private Path data;

    private final long seed = Long.getLong("campaign.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> story = new ArrayList<>();
    private final AtomicLong marks = new AtomicLong();
    /** Kicks that were not for our own renewal but came together with one. */
    private final List<Instant> ambiguousKicks = new ArrayList<>();

    @Test
    void whatIsLostLiesInAGapAndTheRestIsJournaled() throws Exception {
        List<SentEvent> sent;
        List<MissedEvent> missed;
        try (ZoomSimulator zoom = ZoomSimulator.start(
                SimulatorSettings.standard().withEventsPerSecond(500).withLedgerLimit(10_000_000))) {
            try (ImpatientFeed feed = ImpatientFeed.start(zoom, data, this::watched)) {
                mark(zoom, 0);
                for (int i = 1; i <= OUTAGES; i++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
                    outage(zoom, feed.connection());
                    mark(zoom, i);
                }
                zoom.stopSending();
            }
            sent = zoom.sent();
            missed = zoom.missed();
        }
        compare(sent, missed);
    }

    private void outage(ZoomSimulator zoom, ZoomConnection connection) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String obstacle = OBSTACLES.get(random.nextInt(OBSTACLES.size()));
        story.add(connection.status().connection() + " " + Instant.now() + " " + kind + " " + obstacle);
        zoom.inject(FaultScript.of("faults:\n  - event: 1\n    " + kind + "\n" + obstacle));
        if (random.nextInt(3) == 0 || kind.startsWith("overlap") || kind.startsWith("expire")) {
            if (kind.startsWith("kick")) {
                ambiguousKicks.add(Instant.now());
            }
            connection.renew("the campaign asked for it");
        }
    }

    /** An event that has come through shows that receiving goes on. */
    private void mark(ZoomSimulator zoom, long number) throws InterruptedException {
        while (marks.get() < number + 1) {
            zoom.send("{\"event\":\"campaign.mark\",\"event_ts\":" + System.nanoTime() + ",\"payload\":{\"mark\":"
                    + (number + 1) + "}}");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        // A mute that is lifted before anybody can notice it would be a loss without an outage.
        while (zoom.stats().connectionsLive() > 1) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        zoom.clearFaults();
    }

    private FrameSink watched(FrameSink sink) {
        return (FrameType type, long connection, long received, long proven, ByteBuffer payload) -> {
            String text = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
            int at = text.indexOf("\\\"mark\\\":");
            if (at > 0) {
                int begin = at + "\\\"mark\\\":".length();
                marks.accumulateAndGet(Long.parseLong(text.substring(begin, text.indexOf('}', begin))), Math::max);
            }
            return sink.accept(type, connection, received, proven, payload);
        };
    }

    private void compare(List<SentEvent> sent, List<MissedEvent> missed) {
        List<Gap> gaps = new ArrayList<>();
        Set<String> journaled = new HashSet<>();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                if (entry instanceof Gap gap) {
                    gaps.add(gap);
                } else if (entry instanceof ZoomEvent event) {
                    journaled.add(new String(event.payload(), StandardCharsets.UTF_8));
                }
            }
        }
        Instant first = sent.get(0).at();
        long hidden = missed.stream()
                .filter(event -> event.at().isAfter(first) && !isIn(gaps, event.at()) && isAmbiguous(event.at()))
                .count();
        System.out.println(OUTAGES + " outages with seed " + seed + ": " + sent.size() + " events sent, "
                + missed.size() + " missed, " + gaps.size() + " gaps; " + hidden + " events hid behind "
                + ambiguousKicks.size() + " kicks by others together with a renewal");
        List<String> untold = new ArrayList<>();
        missed.stream()
                .filter(event -> event.at().isAfter(first) && !isIn(gaps, event.at()) && !isAmbiguous(event.at()))
                .forEach(event -> untold.add("missed at " + event.at() + " on " + event.connection()));
        sent.stream()
                .filter(event -> !journaled.contains(event.frame()) && !isIn(gaps, event.at()))
                .forEach(event -> untold.add("written at " + event.at() + " to " + event.connection()));
        if (!untold.isEmpty() || Boolean.getBoolean("campaign.story")) {
            story.forEach(System.out::println);
            gaps.forEach(gap -> System.out.println(gap.from() + " .. " + gap.to() + " gap " + gap.cause()));
        }
        assertThat(untold)
                .as("events that are neither journaled nor in a gap, seed %d", seed)
                .isEmpty();
        assertThat(gaps).hasSizeGreaterThan(OUTAGES / 4);
    }

    private boolean isAmbiguous(Instant at) {
        return ambiguousKicks.stream()
                .anyMatch(kick -> !at.isBefore(kick.minus(RIVALS_MOMENT)) && at.isBefore(kick.plus(RIVALS_MOMENT)));
    }

    private static boolean isIn(List<Gap> gaps, Instant at) {
        return gaps.stream().anyMatch(gap -> !at.isBefore(gap.from()) && !at.isAfter(gap.to()));
    }
}
