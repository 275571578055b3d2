package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One bit anywhere below the data directory: it costs the entry that it lies in, and nothing else. */
class BitFlipTest {

    private static final int FLIPS = Integer.getInteger("campaign.flips", 1000);

    @TempDir(factory = MemoryDirectory.class)
    Path root;

    private final Map<String, Integer> hits = new TreeMap<>();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aFlippedBitCostsAtMostTheEntryItLiesIn() throws Exception {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("BitFlipTest: " + FLIPS + " flips, seed " + seed);
        Random random = new Random(seed);
        ThreeRuns runs = new ThreeRuns(root);
        List<Path> files = List.copyOf(runs.files().keySet());
        int lost = 0;
        int refused = 0;
        Path data = root.resolve("image");
        for (int flip = 1; flip <= FLIPS; flip++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = runs.files().get(file).clone();
            int at = place(file, bytes.length, random);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            runs.write(data, file, bytes);
            hits.merge(String.valueOf(file.getFileName()), 1, Integer::sum);
            try {
                long hit = hit(runs.data().resolve(file), at);
                boolean readable = isRead(data, file, runs.announced(), hit);
                boolean opens = isOpened(data, file);
                if (opens) {
                    lost += Oracle.check(data, runs.announced(), sequence -> sequence == hit)
                            .lost()
                            .size();
                }
                refused += readable && opens && isCursorOpened(data, file) ? 0 : 1;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "flip " + flip + " of seed " + seed + ", in byte " + at + " of " + file + ": " + e.getMessage(),
                        e);
            }
        }
        System.out.println("BitFlipTest: " + FLIPS + " flips " + hits + ", " + lost + " entries set aside, " + refused
                + " refusals in words, 0 violations");
    }

    private static int place(Path file, int length, Random random) {
        boolean entries = CrashingDisk.isCycle(file) && random.nextBoolean() && length > CrashingDisk.FIRST_ENTRY_AT;
        return entries
                ? CrashingDisk.FIRST_ENTRY_AT + random.nextInt(length - CrashingDisk.FIRST_ENTRY_AT)
                : random.nextInt(length);
    }

    /** The sequence of the entry around a byte; 0 if there is none. */
    private static long hit(Path file, int at) throws IOException {
        if (!CrashingDisk.isCycle(file)) {
            return 0;
        }
        Path directory = file.getParent();
        for (Segment segment : Segment.list(directory.getParent())) {
            if (segment.directory().equals(directory)) {
                try (IndexFile index = IndexFile.read(segment)) {
                    for (long i = segment.firstSequence(); i < segment.firstSequence() + index.count(); i++) {
                        IndexRecord record = index.require(i);
                        if (at >= record.position() && at < record.position() + record.totalBytes()) {
                            return i;
                        }
                    }
                }
            }
        }
        return 0;
    }

    /** As the command line would, before a writer has come: mark and format may be refused, the rest is read. */
    private static boolean isRead(Path data, Path file, long announced, long hit) {
        try {
            Oracle.check(data, announced, sequence -> sequence == hit);
            return true;
        } catch (JournalException e) {
            check(e, data, file, "format", Mark.FILE_NAME);
            return false;
        }
    }

    private static boolean isOpened(Path data, Path file) {
        try (JournalWriter writer =
                JournalWriter.open(data, "main", Clock.systemUTC(), JournalSettings.DEFAULT, c -> {})) {
            assertThat(writer.status().epoch()).isGreaterThan(3);
            return true;
        } catch (JournalException e) {
            check(e, data, file, "format");
            return false;
        }
    }

    private static boolean isCursorOpened(Path data, Path file) {
        try (Cursor cursor = Journals.cursors(data, "main").open("consumer")) {
            assertThat(cursor.position()).hasValue(ThreeRuns.CURSOR);
            return true;
        } catch (JournalException e) {
            check(e, data, file, "consumer");
            return false;
        }
    }

    /** Only these files may make a refusal, and it names the file on one line. */
    private static void check(JournalException refusal, Path data, Path file, String... mayBeRefused) {
        if (!Arrays.asList(mayBeRefused).contains(String.valueOf(file.getFileName()))) {
            throw refusal;
        }
        assertThat(refusal.getMessage())
                .contains(data.resolve(file).getParent().toString())
                .matches("\\P{Cntrl}+");
    }
}
