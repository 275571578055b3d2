package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restored journal must not give again. */
class KnownSequencesTest {

    @TempDir
    Path data;

    @Test
    void nothingIsKnownWhereThereIsNothing() {
        assertThat(KnownSequences.highest(files())).isZero();
    }

    @Test
    void theHighestOfWhatIsParkedAndOfAllNotesCounts() throws Exception {
        note("own-positions/mine.json", Map.of("version", 1, "own", 40, "settled", 41));
        assertThat(KnownSequences.highest(files())).isEqualTo(41);

        Path parked = Files.createDirectories(files().parked("mine"));
        Files.createFile(parked.resolve("55.parked"));
        assertThat(KnownSequences.highest(files())).isEqualTo(55);

        note("replays/replay-mine.json", Map.of("version", 1, "from", 1, "to", 70, "handled", 5000));
        assertThat(KnownSequences.highest(files())).isEqualTo(70);

        note("rebuilds/mine.json", Map.of("version", 1, "from", 1, "to", 90, "phase", "done"));
        assertThat(KnownSequences.highest(files())).isEqualTo(90);
    }

    @Test
    void aNoteThatCannotBeReadIsNamed() throws Exception {
        Path folder = Files.createDirectories(files().subscription().resolve("own-positions"));
        Path broken = Files.writeString(folder.resolve("mine.json"), "[]");

        assertThatThrownBy(() -> KnownSequences.highest(files()))
                .isInstanceOf(JournalException.class)
                .hasMessage("The file " + broken + " cannot be read or is damaged: it holds no object");
    }

    private void note(String name, Map<String, Object> fields) {
        new JsonNote(files().subscription().resolve(name)).write(fields);
    }

    private InstanceFiles files() {
        return InstanceFiles.in(data, "main");
    }
}
