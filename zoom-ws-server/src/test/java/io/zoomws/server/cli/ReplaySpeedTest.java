package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Journals;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures a replay against mere reading; only when asked for, with {@code -Dcampaign.replay.measure=1000000}. */
@EnabledIfSystemProperty(named = "campaign.replay.measure", matches = "\\d+")
class ReplaySpeedTest {

    private static final int EVENTS = Integer.getInteger("campaign.replay.measure", 0);

    @TempDir
    private Path directory;

    @Test
    void aReplayIsMeasuredAgainstReading() throws Exception {
        ReplayWorkplace work = new ReplayWorkplace(directory)
                .journal(EVENTS)
                .plugin(
                        "counter",
                        PluginJar.withHandler(
                                "long n; public void handle(ZoomEvent event, Delivery delivery) { n++; }"))
                .configure("");
        for (int round = 1; round <= 3; round++) {
            long reading = System.nanoTime();
            assertThat(read(work)).isEqualTo(EVENTS);
            long replaying = System.nanoTime();
            assertThat(work.replay("--plugin", "counter")).isZero();
            long end = System.nanoTime();
            System.out.printf(
                    "round %d of %d events: reading %d events/s, replay %d events/s%n",
                    round, EVENTS, rate(replaying - reading), rate(end - replaying));
        }
    }

    private static long rate(long nanos) {
        return Math.round(EVENTS * 1e9 / nanos);
    }

    private static int read(ReplayWorkplace work) {
        int count = 0;
        try (JournalReader reader = Journals.openReader(work.data(), "main");
                Tailer tailer = reader.tail(1, EnumSet.of(EntryKind.EVENT, EntryKind.GAP), EventFilter.all())) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                count++;
            }
        }
        return count;
    }
}
