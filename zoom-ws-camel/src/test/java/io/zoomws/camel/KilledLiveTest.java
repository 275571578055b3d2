package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.Journals;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that receives by itself is killed while events come: each is a file in the end, or was sent in a gap. */
@Timeout(120)
class KilledLiveTest {

    private static final int PER_RUN = 100;

    /** Wall clocks are compared within one machine, but an event is sent a moment after it was stamped. */
    private static final Duration LATE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @Test
    void whatWasSentIsAFileOrLiesInAGap() throws Exception {
        Path data = folder.resolve("data");
        try (ZoomSimulator zoom = ZoomSimulator.start(
                SimulatorSettings.standard().withEventsPerSecond(200).withLedgerLimit(100_000))) {
            run(zoom, data, 0);
            run(zoom, data, events(data).size());
            zoom.stopSending();
            Process last = start(zoom, data);
            try {
                Waiting.until(() -> zoom.stats().connectionsOpened() >= 3
                        && entries(data, Gap.class).size() >= 2
                        && files().containsAll(sequences(data)));
            } finally {
                last.destroyForcibly().waitFor();
            }
            Set<String> frames =
                    events(data).stream().map(KilledLiveTest::frame).collect(Collectors.toSet());
            List<Gap> gaps = entries(data, Gap.class);
            assertThat(zoom.sent().stream().filter(sent -> !frames.contains(sent.frame())))
                    .as("sent, and neither journaled nor in a gap")
                    .allSatisfy(lost -> assertThat(gaps).anyMatch(gap -> covers(gap, lost.at())));
        }
    }

    /** Until it has received by itself, beyond what the run before had left: then its gap is in the journal, before that. */
    private void run(ZoomSimulator zoom, Path data, int received) throws Exception {
        Process process = start(zoom, data);
        try {
            Waiting.until(() -> files().size() >= received + PER_RUN);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(ZoomSimulator zoom, Path data) throws IOException {
        SimulatorSettings app = zoom.settings();
        return LiveProcess.start(
                data.toString(),
                String.join(" ", app.subscriptionId(), app.clientId(), app.clientSecret(), app.accountId()),
                zoom.tokenUrl().toString(),
                zoom.webSocketUrl().toString(),
                "file:" + out() + "?fileName=${header.CamelZoomWsSequence}&tempPrefix=.");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Set<Long> files() {
        String[] names = out().toFile().list((directory, name) -> !name.startsWith("."));
        return names == null
                ? Set.of()
                : Arrays.stream(names).map(Long::valueOf).collect(Collectors.toSet());
    }

    private static List<Long> sequences(Path data) {
        return events(data).stream().map(ZoomEvent::sequence).toList();
    }

    private static List<ZoomEvent> events(Path data) {
        return entries(data, ZoomEvent.class);
    }

    private static <T> List<T> entries(Path data, Class<T> kind) {
        List<T> entries = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(reader.resolve(Position.EARLIEST))) {
            long end = reader.resolve(Position.LATEST);
            while (tailer.position() < end) {
                Entry entry = tailer.poll();
                if (kind.isInstance(entry)) {
                    entries.add(kind.cast(entry));
                }
            }
        }
        return entries;
    }

    private static String frame(ZoomEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    private static boolean covers(Gap gap, Instant at) {
        return !at.isBefore(gap.from().minus(LATE)) && !at.isAfter(gap.to().plus(LATE));
    }
}
