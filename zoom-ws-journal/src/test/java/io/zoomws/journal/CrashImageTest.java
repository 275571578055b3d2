package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts without a disk: see {@link CrashingDisk}. */
class CrashImageTest {

    private static final int IMAGES = Integer.getInteger("campaign.images", 1000);

    /** A cycle file begins with 128 KiB of Chronicle's own, so that a segment holds some thirty entries. */
    private static final JournalSettings SETTINGS = new JournalSettings(1 << 20, 190_000, 1000, Duration.ofHours(1));

    private static final int IMAGES_A_RUN = 40;

    /** Each run goes on with what a crash left of the one before, until the journal is begun anew. */
    private static final int RUNS_A_JOURNAL = 4;

    private static final int BARRIERS_A_RUN = 20;
    private static final int CRASH_AGAIN_ONE_IN = 3;

    @TempDir(factory = MemoryDirectory.class)
    Path root;

    private final long seed = Long.getLong("campaign.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int images;
    private int behind;

    /** Of the journal at hand: what an earlier crash cost before it was announced is told of for ever. */
    private Set<Long> lost = Set.of();

    private int readersFirst;

    @Test
    void noPowerCutLosesWhatWasAnnounced() throws Exception {
        System.out.println("CrashImageTest: " + IMAGES + " images, seed " + seed);
        CrashingDisk.Moment begin = null;
        for (int run = 0; images < IMAGES; run++) {
            Path live = root.resolve("live");
            if (run % RUNS_A_JOURNAL == 0 || begin == null) {
                lost = Set.of();
                begin = null;
            } else {
                new DiskImage(begin, random).writeTo(live.resolve("main/journal"));
            }
            List<CrashingDisk.Moment> moments = run(live, begin == null ? 0 : begin.announced(), BARRIERS_A_RUN);
            Fixtures.remove(live);
            Set<Long> lostSoFar = lost;
            for (int i = 0; i < IMAGES_A_RUN && images < IMAGES; i++) {
                lost = lostSoFar;
                crash(moments.get(random.nextInt(moments.size())));
            }
            lost = lostSoFar;
            begin = moments.get(random.nextInt(moments.size()));
        }
        System.out.println(
                "CrashImageTest: " + images + " images, " + behind + " entries found behind the announced end, "
                        + readersFirst + " read before a writer came, 0 violations");
    }

    /** Opens the image of a crash, and sometimes crashes again on the way. */
    private void crash(CrashingDisk.Moment first) throws IOException {
        CrashingDisk.Moment moment = first;
        boolean again = true;
        while (again) {
            images++;
            Path image = root.resolve("image");
            new DiskImage(moment, random).writeTo(image.resolve("main/journal"));
            again = random.nextInt(CRASH_AGAIN_ONE_IN) == 0;
            try {
                readBefore(image);
                List<CrashingDisk.Moment> moments = run(image, moment.announced(), 1);
                moment = moments.get(random.nextInt(moments.size()));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("image " + images + " of seed " + seed + ": " + e.getMessage(), e);
            }
            Fixtures.remove(image);
        }
    }

    /** Nobody has repaired anything yet: a reader gives what the mark says, whole, or refuses in words. */
    private void readBefore(Path image) {
        try (JournalReader reader = Journals.openReader(image, "main")) {
            long visible = ((FileJournalReader) reader).mark().visible();
            assertThat(Oracle.check(image, visible, lost::contains).last()).isEqualTo(visible);
            readersFirst++;
        } catch (JournalException e) {
            assertThat(e.getMessage()).contains("main/journal");
        }
    }

    /** Opens, checks, writes batch after batch, and returns what a disk must keep at each barrier. */
    private List<CrashingDisk.Moment> run(Path data, long announced, int batches) throws IOException {
        AtomicReference<JournalWriter> opened = new AtomicReference<>();
        CrashingDisk disk = new CrashingDisk(data.resolve("main/journal"), () -> {
            JournalWriter writer = opened.get();
            return writer == null ? announced : writer.status().durableSequence();
        });
        try (JournalWriter writer = JournalWriter.open(data, "main", Clock.systemUTC(), SETTINGS, disk)) {
            opened.set(writer);
            long epoch = writer.status().epoch();
            long sequence = writer.status().appendedSequence();
            behind += (int) (sequence - announced);
            for (int batch = 0; batch < batches; batch++) {
                for (int i = random.nextInt(12); i >= 0; i--) {
                    sequence++;
                    Fixtures.appendText(writer, 1, Fixtures.START_NANOS, Oracle.frameAt(epoch, sequence));
                }
                while (writer.status().durableSequence() < sequence) {
                    assertThat(writer.status().failure()).isEmpty();
                    LockSupport.parkNanos(10_000);
                }
            }
        }
        lost = Oracle.check(data, announced, lost::contains).lost();
        return disk.moments();
    }
}
