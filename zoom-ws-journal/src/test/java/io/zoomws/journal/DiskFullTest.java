package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small file system that is filled to the last byte while events come, and emptied again: nothing that was taken in is lost,
 * and storing goes on by itself. Needs root for the mount. {@code -Dcampaign.disk.full.cycles=500} for more.
 */
class DiskFullTest {

    private static final int CYCLES_PER_JOURNAL = 20;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final Told told = new Told();
    private final Semaphore drained = new Semaphore(0);
    private final List<String> sent = new ArrayList<>();

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    private Path mount(String type) throws Exception {
        Path at = Files.createDirectory(folder.resolve("small"));
        try {
            if (type.equals("tmpfs")) {
                run("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", at.toString());
            } else {
                Path image = folder.resolve("image");
                try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                    file.setLength(200L * MIB);
                }
                run("mkfs." + type, "-q", "-F", image.toString());
                run("mount", "-o", "loop", image.toString(), at.toString());
            }
        } catch (IOException e) {
            System.out.println("SKIPPED DiskFullTest on " + type + ": " + e.getMessage());
            abort(e.getMessage());
        }
        return at;
    }

    @ParameterizedTest
    @CsvSource({"tmpfs, 0.75", "ext4, 0.25"})
    void whatWasTakenInIsStoredWhenThereIsRoomAgain(String type, double share) throws Exception {
        int cycles = (int) (Integer.getInteger("campaign.disk.full.cycles", 20) * share);
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("DiskFullTest: " + cycles + " cycles on " + type + ", seed " + seed);
        Random random = new Random(seed);
        Path small = mount(type);
        try {
            for (int done = 0; done < cycles; done += CYCLES_PER_JOURNAL) {
                fillAndEmpty(small, random, Math.min(CYCLES_PER_JOURNAL, cycles - done));
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private void fillAndEmpty(Path small, Random random, int cycles) throws Exception {
        Path data = Files.createDirectory(small.resolve("data"));
        sent.clear();
        drained.drainPermits();
        JournalSettings settings = new JournalSettings(MIB, 4 * MIB, 1000, java.time.Duration.ofHours(1));
        try (JournalWriter writer = JournalWriter.open(data, "main", Clock.systemUTC(), settings)) {
            writer.onDrained(drained::release);
            writer.onStorage(told);
            for (int cycle = 0; cycle < cycles; cycle++) {
                Path filler = small.resolve("filler");
                fill(filler, small.toFile().getUsableSpace() - random.nextInt(3 * MIB));
                while (told.isEmpty()) {
                    if (!send(writer, random)) {
                        awaitRoomOrTrouble();
                    }
                }
                assertThat(told.next()).startsWith("disk: ");
                Files.delete(filler);
                assertThat(told.next()).isEqualTo("resumed");
                send(writer, random);
            }
        }
        assertEverythingIsThere(data);
        remove(data);
    }

    /** A slow disk asks to stop as a full one does. */
    private void awaitRoomOrTrouble() throws InterruptedException {
        for (int tries = 0; told.isEmpty() && !drained.tryAcquire(50, TimeUnit.MILLISECONDS); tries++) {
            assertThat(tries).as("there must be room again, or trouble").isLessThan(1200);
        }
    }

    private boolean send(JournalWriter writer, Random random) {
        String text = "{\"n\":" + sent.size() + ",\"pad\":\"" + "x".repeat(random.nextInt(20_000)) + "\"}";
        sent.add(text);
        return Fixtures.appendText(writer, 1, Fixtures.START_NANOS, text);
    }

    /** To the last byte if that many are not there. */
    private static void fill(Path file, long bytes) throws IOException {
        byte[] zeros = new byte[MIB];
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long left = bytes; left > 0; left -= zeros.length) {
                out.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private void assertEverythingIsThere(Path data) {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<String> found = Fixtures.readAll(reader).stream()
                    .filter(entry -> entry.connection() == 1)
                    .filter(entry -> entry.kind() == EntryKind.CONTROL)
                    .map(Fixtures::text)
                    .toList();
            assertThat(found).isEqualTo(sent);
            assertThat(Fixtures.readAll(reader)).noneMatch(entry -> entry.kind() == EntryKind.QUARANTINE);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
