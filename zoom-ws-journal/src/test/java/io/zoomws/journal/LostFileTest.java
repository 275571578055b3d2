package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are missing, cut, empty or garbage: what can be derived anew is, and what is Chronicle's own is not needed. */
class LostFileTest {

    private static final int INDEX_HEAD_BYTES = 128;
    private static final int STEP = Integer.getInteger("campaign.cut.step", 1);

    @TempDir(factory = MemoryDirectory.class)
    Path root;

    private ThreeRuns runs;
    private Path data = Path.of("");

    @BeforeEach
    void takeAnImageOfThreeRuns() throws IOException {
        runs = new ThreeRuns(root);
        data = root.resolve("image");
    }

    private void survives(Path file, byte @Nullable [] content, boolean readableAtOnce) throws IOException {
        runs.write(data, file, content);
        if (readableAtOnce) {
            assertThat(Oracle.check(data, runs.announced()).last()).isEqualTo(runs.announced());
        }
        JournalWriter.open(data, "main", Clock.systemUTC(), JournalSettings.DEFAULT, channel -> {})
                .close();
        assertThat(Oracle.check(data, runs.announced()).last()).isGreaterThan(runs.announced());
    }

    private Path newestSegment() {
        return runs.data()
                .relativize(
                        Segment.list(runs.data().resolve("main/journal")).get(3).directory());
    }

    @Test
    void aCutAtAnyByteOfTheLastThreeRecordsOfTheIndexLosesNothing() throws Exception {
        Path index = newestSegment().resolve("index");
        byte[] good = runs.files().get(index);
        for (int cut = good.length - 3 * IndexRecord.BYTES; cut < good.length; cut += STEP) {
            survives(index, Arrays.copyOf(good, cut), true);
        }
        for (int cut = 0; cut <= INDEX_HEAD_BYTES; cut += 16) {
            survives(index, Arrays.copyOf(good, cut), true);
        }
    }

    @Test
    void aCutAtAnyByteOfTheMarkLosesNothingOnceAWriterHasCome() throws Exception {
        Path mark = Path.of("main/journal", Mark.FILE_NAME);
        byte[] good = runs.files().get(mark);
        for (int cut = 1; cut < good.length; cut += STEP) {
            byte[] content = Arrays.copyOf(good, cut);
            survives(mark, content, false);
            runs.write(data, mark, content);
            assertThatThrownBy(() -> Oracle.check(data, 0))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("Cannot read " + data.resolve(mark)
                            + ": it is damaged; starting the server once writes it anew from the journal");
        }
        survives(mark, new byte[0], false);
        survives(mark, null, false);
    }

    @Test
    void theMetadataOfASegmentMayBeMissingEmptyOrGarbage() throws Exception {
        Random random = new Random(1);
        for (Path file : runs.files().keySet()) {
            if (file.endsWith("metadata.cq4t")) {
                byte[] garbage = runs.files().get(file).clone();
                random.nextBytes(garbage);
                survives(file, garbage, true);
                survives(file, new byte[garbage.length], true);
                survives(file, new byte[0], true);
                survives(file, null, true);
            }
        }
    }

    @Test
    void theHeaderOfACycleFileMayBeMissing() throws Exception {
        for (Path file : runs.files().keySet()) {
            if (CrashingDisk.isCycle(file)) {
                byte[] content = runs.files().get(file).clone();
                Arrays.fill(content, 0, CrashingDisk.FIRST_ENTRY_AT - Integer.BYTES, (byte) 0);
                survives(file, content, true);
                Arrays.fill(content, 0, CrashingDisk.FIRST_ENTRY_AT - Integer.BYTES, (byte) 0xff);
                survives(file, content, true);
            }
        }
    }

    /** Chronicle's mark of the end is never written, and so never missed: what ends a segment is the name of the next. */
    @Test
    void noSegmentCarriesAMarkOfItsEnd() {
        int chronicleEnd = 0xC000_0000;
        runs.files().forEach((file, content) -> {
            if (CrashingDisk.isCycle(file)) {
                for (int at = CrashingDisk.FIRST_ENTRY_AT - Integer.BYTES; at < content.length; at += Integer.BYTES) {
                    int word = ByteBuffer.wrap(content)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(at);
                    assertThat(word).as("word %d of %s", at, file).isNotEqualTo(chronicleEnd);
                }
            }
        });
    }
}
