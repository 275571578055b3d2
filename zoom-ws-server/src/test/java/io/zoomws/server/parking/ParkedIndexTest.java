package io.zoomws.server.parking;

import static io.zoomws.server.parking.ParkedStoreTest.about;
import static io.zoomws.server.parking.ParkedStoreTest.memory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ParkedEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedIndexTest {

    @TempDir
    private Path data;

    private long nanos;
    private ParkedStore store = new ParkedStore(Path.of(""));
    private ParkedStore elsewhere = new ParkedStore(Path.of(""));

    @BeforeEach
    void newStore() {
        store = new ParkedStore(data.resolve("mine"));
        elsewhere = new ParkedStore(data.resolve("mine"));
    }

    @Test
    void whatOthersAskAndDiscardIsNoticedAfterAWhile() {
        ParkedIndex index = index();
        park(index, 1, 4, "a");
        park(index, 2, 4, "b");
        elsewhere.redrive(2);
        elsewhere.discard(1);

        index.refresh();
        assertThat(index.due()).as("not looked yet").isEmpty();
        later();
        index.refresh();

        assertThat(index.due()).hasValue(2);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void whatIsAskedLongAfterEverythingHasSettledIsNoticed() {
        ParkedIndex index = index();
        park(index, 1, 4, "a");
        for (int i = 0; i < 20; i++) {
            later();
            index.refresh();
        }
        elsewhere.redrive(1);
        later();
        index.refresh();

        assertThat(index.due()).hasValue(1);
    }

    @Test
    void aLaterOneOfAKeyIsBlockedByTheFirstThatIsStillThere() {
        ParkedIndex index = index();
        park(index, 3, 4, "a");

        assertThat(index.blocking("a", 4)).hasValue(3);
        assertThat(index.blocking("b", 4)).isEmpty();
        assertThat(index.blocking("a", 3)).as("itself").isEmpty();
        assertThat(index.blocking("a", 2)).as("one before it").isEmpty();
        elsewhere.discard(3);
        assertThat(index.blocking("a", 4)).as("discarded by another just now").isEmpty();
    }

    @Test
    void onlyTheFirstOfAKeyIsDeliveredAgainAndThoseThatWaitedForItFollow() {
        ParkedIndex index = index();
        park(index, 1, 4, "a");
        park(index, 2, 0, "a");
        park(index, 3, 4, "a");
        park(index, 4, 0, "a");
        elsewhere.redrive(4);
        later();
        index.refresh();
        assertThat(index.due()).as("asked for, and not the first").isEmpty();
        elsewhere.redrive(1);
        later();
        index.refresh();
        assertThat(index.due("a")).hasValue(1);

        index.remove(1);
        assertThat(index.due("a")).hasValue(2);
        index.remove(2);
        assertThat(index.due("a")).as("has failed itself").isEmpty();
        elsewhere.discard(3);
        later();
        index.refresh();
        assertThat(index.due()).hasValue(4);
    }

    @Test
    void theStateAfterAStartIsThatBeforeIt() {
        ParkedIndex index = index();
        park(index, 1, 4, "a");
        park(index, 2, 0, "a");
        park(index, 3, 0, "b");
        index.park(new ParkedEntry(4, "gap", about(1, 1, "").parkedAt(), 4, "x", Optional.empty()), memory(4));
        elsewhere.redrive(4);

        ParkedIndex next = index();

        assertThat(next.size()).isEqualTo(4);
        assertThat(next.due()).hasValue(3);
        next.remove(3);
        assertThat(next.due()).hasValue(4);
        next.remove(4);
        assertThat(next.due()).isEqualTo(OptionalLong.empty());
        assertThat(next.about(1)).contains(about(1, 4, "a"));
    }

    @Test
    void thereIsRoomUpToTheCapacityAndForWhatIsParkedAlready() {
        ParkedIndex index = index();
        for (int sequence = 1; sequence <= index.capacity(); sequence++) {
            assertThat(index.hasRoom(sequence)).isTrue();
            park(index, sequence, 4, "a");
        }
        assertThat(index.hasRoom(6)).isFalse();
        assertThat(index.hasRoom(5)).isTrue();
    }

    @Test
    void aRequestWhoseEntryIsGoneIsRemoved() throws Exception {
        park(index(), 1, 4, "a");
        Files.createFile(store.folder().resolve("2.redrive"));

        assertThat(index().due()).isEmpty();
        assertThat(store.folder().resolve("2.redrive")).doesNotExist();
    }

    @Test
    void aDamagedFileIsToldAtTheStartAndCounts() throws Exception {
        park(index(), 1, 4, "a");
        Files.write(store.folder().resolve("1.parked"), new byte[3]);
        try (LoggedLines lines = LoggedLines.of(ParkedIndex.class)) {
            assertThat(index().size()).isEqualTo(1);

            assertThat(lines.errors())
                    .containsExactly("the file " + store.folder().resolve("1.parked")
                            + " of a parked entry cannot be read (not a parked entry): restore it, or replay sequence 1 if the"
                            + " journal still has it and discard this");
        }
    }

    @Test
    void anEntryThatCannotBeReadNowIsAskedForUntilItCanAndThenHoldsUpItsKey() throws Exception {
        ParkedIndex index = index();
        elsewhere.park(about(1, 4, "a"), memory(1));
        Path file = store.folder().resolve("1.parked");
        Path aside = Files.move(file, data.resolve("aside"));
        Files.createDirectory(file); // which cannot be read as a file
        later();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(index::refresh)
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("the file " + file + " of a parked entry cannot be read now (");
        }
        Files.delete(file);
        Files.move(aside, file);
        index.refresh();

        assertThat(index.blocking("a", 2)).hasValue(1);
    }

    private ParkedIndex index() {
        return new ParkedIndex(store, () -> nanos, 5);
    }

    private void later() {
        nanos += ParkedIndex.REFRESH.toNanos();
    }

    private static void park(ParkedIndex index, long sequence, int attempts, String key) {
        index.park(about(sequence, attempts, key), memory(sequence));
    }
}
