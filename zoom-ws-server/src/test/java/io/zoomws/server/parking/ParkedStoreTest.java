package io.zoomws.server.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:00:00.000000001Z");

    @TempDir
    private Path data;

    private Path folder = Path.of("");
    private ParkedStore store = new ParkedStore(folder);

    @BeforeEach
    void newStore() {
        folder = data.resolve("main/parked/mine");
        store = new ParkedStore(folder);
    }

    @Test
    void whatIsParkedIsThereForAnyOtherStoreWithItsReasonAndItsEntry() {
        store.park(about(7, 4, "a key"), event(7));
        store.park(new ParkedEntry(9, "gap", NOW, 1, "x.Y", Optional.empty()), new MemoryEntry.Interval(9));

        ParkedStore other = new ParkedStore(folder);

        assertThat(other.size()).isEqualTo(2);
        assertThat(other.entries())
                .containsExactly(about(7, 4, "a key"), new ParkedEntry(9, "gap", NOW, 1, "x.Y", Optional.empty()));
        assertThat(other.entry(7).orElseThrow()).isInstanceOfSatisfying(ZoomEvent.class, event -> {
            assertThat(event.json()).isEqualTo(event(7).json());
            assertThat(event.sequence()).isEqualTo(7);
            assertThat(event.receivedAt()).isEqualTo(MemoryEntry.TIME);
        });
        assertThat(other.entry(9).orElseThrow()).isInstanceOfSatisfying(Gap.class, gap -> assertThat(gap.cause())
                .isEqualTo("test"));
        assertThat(other.entry(8)).isEmpty();
        assertThat(other.about(8)).isEmpty();
    }

    @Test
    void theFolderIsForItsOwnerOnly() throws Exception {
        store.park(about(1, 4, "k"), event(1));

        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void nothingIsMadeWhereNothingIsParked() {
        store.redrive(1);
        store.discard(1);
        store.clean();

        assertThat(store.size()).isZero();
        assertThat(store.entries()).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void anEntryThatIsParkedTwiceIsThereOnceAsItWasLast() {
        store.park(about(1, 4, "k"), event(1));
        store.park(about(1, 8, "k"), event(1));

        assertThat(store.entries()).containsExactly(about(1, 8, "k"));
    }

    @Test
    void aRequestIsThereOnceUntilTheEntryIsParkedAgainOrDiscarded() {
        store.park(about(1, 4, "k"), event(1));
        store.park(about(2, 4, "k"), event(2));
        store.redrive(1);
        store.redrive(1);
        store.redrive(2);
        store.redrive(3);
        assertThat(store.requested()).containsExactly(1L, 2L);

        store.park(about(1, 8, "k"), event(1));
        store.discard(2);

        assertThat(store.requested()).isEmpty();
        assertThat(store.sequences()).containsExactly(1L);
    }

    @Test
    void whatACrashLeftHalfWrittenMeansNothingAndIsRemoved() throws Exception {
        store.park(about(1, 4, "k"), event(1));
        Path half = Files.write(folder.resolve(".2.parked.new"), new byte[10]);
        Path again = Files.write(folder.resolve(".1.parked.new"), new byte[0]);

        assertThat(store.entries()).containsExactly(about(1, 4, "k"));
        store.clean();

        assertThat(half).doesNotExist();
        assertThat(again).doesNotExist();
        assertThat(store.entries()).containsExactly(about(1, 4, "k"));
    }

    @Test
    void aDamagedFileIsNamedWithItsRemedyAndHoldsUpNoOther() throws Exception {
        store.park(about(1, 4, "k"), event(1));
        store.park(about(2, 4, "k"), event(2));
        Path file = folder.resolve("1.parked");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        String message =
                "the file " + file + " of a parked entry cannot be read (its checksum is not right): restore it, or"
                        + " replay sequence 1 if the journal still has it and discard this";
        assertThat(store.entries()).hasSize(2).last().isEqualTo(about(2, 4, "k"));
        assertThat(store.entries().get(0).event()).isEqualTo(ParkedStore.DAMAGED);
        assertThat(store.entries().get(0).error()).isEqualTo(message);
        assertThatThrownBy(() -> store.entry(1))
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
        store.discard(1);
        assertThat(store.sequences()).containsExactly(2L);
    }

    @Test
    void aFileThatCannotBeReadNowIsNotTakenForDamaged() throws Exception {
        Path file = Files.createDirectories(folder.resolve("1.parked")); // fails for root too, unlike missing rights

        String message = "the file " + file
                + " of a parked entry cannot be read now (java.io.IOException: Is a directory): mend that, nothing is lost";
        assertThatThrownBy(() -> store.about(1))
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> store.entry(1))
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
    }

    @Test
    void aFlippedByteAnywhereAndAnyCutIsNoticed() {
        byte[] whole = new ParkedFile(about(1, 4, "k"), event(1)).encoded();
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x20;
            byte[] cut = Arrays.copyOf(whole, i);
            assertThatThrownBy(() -> ParkedFile.decode(flipped)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ParkedFile.decode(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedInWords() throws Exception {
        Files.createDirectories(data.resolve("main"));
        Files.createFile(data.resolve("main/parked"));

        assertThatThrownBy(() -> store.park(about(1, 4, "k"), event(1)))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("sequence 1 cannot be parked in " + folder + ": ");
    }

    static ParkedEntry about(long sequence, int attempts, String key) {
        return new ParkedEntry(sequence, "a", NOW, attempts, "x.Y, at z", Optional.of(key));
    }

    static Entry memory(long sequence) {
        return new MemoryEntry.Event(sequence, "a");
    }

    private static MemoryEntry.Event event(long sequence) {
        return new MemoryEntry.Event(sequence, "a");
    }
}
