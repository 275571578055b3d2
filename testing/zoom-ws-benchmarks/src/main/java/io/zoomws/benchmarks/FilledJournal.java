package io.zoomws.benchmarks;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A journal of one subscription, {@code main}, with a number of events of the usual size. */
final class FilledJournal {

    private FilledJournal() {}

    static void write(Path data, int events) throws InterruptedException {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            Semaphore drained = new Semaphore(0);
            writer.onDrained(drained::release);
            for (int n = 0; n < events; n++) {
                Instant now = Instant.now();
                String frame = "{\"module\":\"message\",\"content\":\"" + event(n).replace("\"", "\\\"") + "\"}";
                boolean more = writer.append(
                        StoredKind.TEXT_FRAME,
                        1,
                        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(),
                        0,
                        ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
                if (!more) {
                    drained.acquire();
                }
            }
        }
    }

    /** The event with a number, as Zoom sends one when a participant joins. */
    static String event(int number) {
        return "{\"event\":\"meeting.participant_joined\",\"payload\":{\"account_id\":\"AAAAAABBBB\",\"object\":{\"id\":\""
                + (1_234_567_890L + number)
                + "\",\"uuid\":\"4444AAAiAAAAAiAiAiiAii==\",\"host_id\":\"x1yCzABCDEfg23HiJKl4mN\","
                + "\"topic\":\"My Meeting\",\"type\":8,\"start_time\":\"2026-07-17T16:50:12Z\",\"timezone\":\"America/Los_Angeles\","
                + "\"duration\":60,\"participant\":{\"user_id\":\"" + number
                + "\",\"user_name\":\"Jill Chill\",\"id\":\"iFxeBPYun6SAiWUzBcEkX\","
                + "\"join_time\":\"2026-07-17T16:55:12Z\"}}},\"event_ts\":" + (1_767_261_600_000L + number) + "}";
    }
}
