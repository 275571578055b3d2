package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPlaceTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryThatIsNotThereYetIsJudgedByTheOneAboveAndNotMade() throws Exception {
        Path data = directory.resolve("not/yet");

        JournalPlace place = JournalPlace.of(data, JournalSettings.DEFAULT);

        assertThat(place.path()).isEqualTo(directory);
        assertThat(place.fileSystem()).isEqualTo(Files.getFileStore(directory).type());
        assertThat(place.totalBytes()).isEqualTo(directory.toFile().getTotalSpace());
        assertThat(place.refusal()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theWriterStopsAtTheReserveAndFourTimesWhatWaitsInMemory() {
        JournalSettings settings = JournalSettings.DEFAULT.withHighWater(1024);

        assertThat(JournalPlace.of(directory, settings).stopBytes()).isZero();
        assertThat(JournalPlace.of(directory, settings.withReserve(1_000_000)).stopBytes())
                .isEqualTo(1_000_000 + 4 * 1024);
    }
}
