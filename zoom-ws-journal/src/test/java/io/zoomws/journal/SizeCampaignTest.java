package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal of a size that is not met every day, whose writer was killed: what is found in it is right, and the figures are
 * printed; {@code -Pcampaign} makes it 10^7 entries and 10 GB. No time is asserted: a machine has other work to do.
 *
 * <p>Properties: {@code campaign.size.entries}, {@code campaign.size.padding} (bytes that are added to each event),
 * {@code campaign.size.segment} (bytes) and {@code campaign.seed}.
 */
class SizeCampaignTest {

    private static final long SEED = Long.getLong("campaign.seed", System.nanoTime());
    private static final int ENTRIES = Integer.getInteger("campaign.size.entries", 10_000);
    private static final int PADDING = Integer.getInteger("campaign.size.padding", 0);
    private static final long SEGMENT_BYTES = Long.getLong(
            "campaign.size.segment", ENTRIES > 1_000_000 ? JournalSettings.DEFAULT.segmentBytes() : 2 << 20);
    private static final long NEEDED_BYTES = 30_000_000_000L;
    private static final long LARGE_BYTES = 1_000_000_000L;

    /** One entry in so many is of a rare type, and one beside it is a gap. */
    private static final int RARE = ENTRIES / 10;

    private static final long STEP_NANOS = 1_000;
    private static final int SEEKS = 1_000;
    private static final Duration IDLE = Duration.ofMillis(ENTRIES > 1_000_000 ? 2_000 : 50);
    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);

    @TempDir
    Path data;

    @Test
    void muchIsFoundFastAfterAKill() throws Exception {
        long free = Files.getFileStore(data).getUsableSpace();
        boolean room = (long) ENTRIES * (450 + PADDING) < LARGE_BYTES || free > NEEDED_BYTES;
        if (!room) {
            System.out.println("SizeCampaignTest: SKIPPED: " + data + " has " + free + " bytes free, less than 30 GB");
        }
        assumeTrue(room);
        say(
                "%,d entries, %,d bytes added to each, segments of %,d bytes, seed %d",
                ENTRIES, PADDING, SEGMENT_BYTES, SEED);
        long began = System.nanoTime();
        fillAndKill();
        say("written in %,d ms: %,d bytes in %,d segments", since(began), size(), segments());

        writer(data.resolve("warm")).close(); // loads classes, which is not what is measured
        long busy = processorMillis();
        began = System.nanoTime();
        try (JournalWriter writer = writer(data)) {
            say(
                    "opened after kill -9, to the first entry durable: %,d ms, %,d ms of processor time",
                    since(began), processorMillis() - busy);
            began = System.nanoTime();
            try (JournalReader reader = Journals.openReader(data, "main")) {
                say("reader opened: %,d ms", since(began));
                assertThat(reader.resolve(Position.LATEST)).isGreaterThan(ENTRIES);
                seek(reader);
                find("a rare type", reader, EnumSet.of(EntryKind.EVENT), EventFilter.of(List.of("rare.*")), 10);
                find("gaps", reader, EnumSet.of(EntryKind.GAP), EventFilter.all(), 10);
                find("a type that is not there", reader, EnumSet.of(EntryKind.EVENT), EventFilter.of(List.of("no")), 0);
                find("all", reader, EnumSet.allOf(EntryKind.class), EventFilter.all(), -1);
                follow(writer, reader);
            }
        }
    }

    private void fillAndKill() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-Dcampaign.size."))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=" + (ENTRIES > 1_000_000 ? 4 : 1), "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(SizeCampaignTest.class.getName(), data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("full");
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    private void seek(JournalReader reader) {
        Random random = new Random(SEED);
        long[] nanos = new long[SEEKS];
        for (int i = 0; i < SEEKS; i++) {
            int number = 1 + random.nextInt(ENTRIES);
            long began = System.nanoTime();
            long found = reader.resolve(new Position.Time(Times.instant(Fixtures.START_NANOS + number * STEP_NANOS)));
            nanos[i] = System.nanoTime() - began;
            assertThat(found).as("seed %d", SEED).isEqualTo(number + 1L);
        }
        long first = nanos[0];
        Arrays.sort(nanos);
        say(
                "%,d time seeks: first %,d µs, median %,d µs, slowest %,d µs",
                SEEKS, first / 1000, nanos[SEEKS / 2] / 1000, nanos[SEEKS - 1] / 1000);
    }

    private static void find(
            String what, JournalReader reader, Set<EntryKind> kinds, EventFilter events, int expected) {
        long end = reader.resolve(Position.LATEST);
        long began = System.nanoTime();
        long found = 0;
        try (Tailer tailer = reader.tail(1, kinds, events)) {
            while (tailer.position() < end) {
                Entry entry = tailer.poll();
                found += entry == null ? 0 : 1;
            }
        }
        say("%s: %,d found in %,d ms", what, found, since(began));
        assertThat(found).isEqualTo(expected < 0 ? end - 1 : expected);
    }

    /** What a follower costs that has nothing to do: the processor time of its thread, in process and beside. */
    private static void follow(JournalWriter writer, JournalReader beside) throws Exception {
        try (JournalReader inProcess = writer.reader()) {
            say("idle for %,d ms: %,d µs of processor time in process", IDLE.toMillis(), idle(inProcess));
            say("idle for %,d ms: %,d µs of processor time beside", IDLE.toMillis(), idle(beside));
        }
    }

    private static long idle(JournalReader reader) throws Exception {
        Callable<Long> work = () -> {
            try (Tailer tailer = reader.tail(reader.resolve(Position.LATEST))) {
                long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                assertThat(tailer.poll(IDLE)).isNull();
                return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1000;
            }
        };
        FutureTask<Long> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "idle follower");
        thread.start();
        thread.join();
        return task.get();
    }

    /** The process that is killed: fills the journal, says so, and goes on writing. */
    public static void main(String[] arguments) throws Exception {
        try (JournalWriter writer = writer(Path.of(arguments[0]))) {
            String padding = "x".repeat(PADDING);
            for (int number = 1; ; number++) {
                long at = Fixtures.START_NANOS + number * STEP_NANOS;
                boolean more = number % RARE == RARE - 1 && number < ENTRIES
                        ? writer.append(StoredKind.GAP, 0, at, 0, Fixtures.bytes(gap()))
                        : Fixtures.appendText(writer, 1, at, Fixtures.frame(event(number, padding)));
                while (!more && writer.status().pendingBytes() > JournalSettings.DEFAULT.highWaterBytes() / 2) {
                    Thread.onSpinWait();
                }
                if (number == ENTRIES) {
                    while (writer.status().visibleSequence() <= ENTRIES) {
                        Thread.onSpinWait();
                    }
                    System.out.println("full");
                }
            }
        }
    }

    private static String event(int number, String padding) {
        String type = number % RARE == 0 && number <= ENTRIES ? "rare.type" : "meeting.participant_joined";
        return "{\"event\":\"" + type + "\",\"payload\":{\"account_id\":\"A\",\"object\":{\"id\":\"" + number
                + "\",\"padding\":\"" + padding + "\"}},\"event_ts\":" + (1_767_261_600_000L + number) + "}";
    }

    private static String gap() {
        return "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:01Z\",\"cause\":\"test\"}";
    }

    private static JournalWriter writer(Path data) {
        JournalSettings standard = JournalSettings.DEFAULT;
        JournalSettings settings = new JournalSettings(
                standard.highWaterBytes(), SEGMENT_BYTES, standard.duplicateEvents(), standard.duplicateAge());
        return JournalWriter.open(data, "main", CLOCK, settings);
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private int segments() {
        return Segment.list(data.resolve("main/journal")).size();
    }

    /** Of all threads: on a machine that has other work to do it says more than the time that passed. */
    private static long processorMillis() {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return TimeUnit.NANOSECONDS.toMillis(process.getProcessCpuTime());
    }

    private static long since(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static void say(String format, Object... values) {
        System.out.println("SizeCampaignTest: " + String.format(Locale.ROOT, format, values));
    }
}
