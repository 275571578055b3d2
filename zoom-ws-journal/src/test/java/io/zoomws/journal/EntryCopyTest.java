package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryCopyTest {

    @TempDir
    Path data;

    @Test
    void anyEntryComesBackWithAllThatWasKnownOfIt() throws Exception {
        for (Entry entry : entries()) {
            Entry copy = EntryCopy.read(EntryCopy.write(entry));

            assertThat(copy)
                    .usingRecursiveComparison()
                    .ignoringFields("index.type", "text")
                    .isEqualTo(entry);
            if (entry instanceof ZoomEvent event) {
                assertThat(copy).isInstanceOf(ZoomEvent.class);
                assertThat(((ZoomEvent) copy).id()).isEqualTo(event.id());
                assertThat(((ZoomEvent) copy).json()).isEqualTo(event.json());
                assertThat(((ZoomEvent) copy).duplicateOf()).isEqualTo(event.duplicateOf());
            }
            assertThat(copy instanceof Gap).isEqualTo(entry instanceof Gap);
        }
    }

    @Test
    void aFlippedByteOrACutAnywhereIsToldAndNothingOfTheContent() throws Exception {
        byte[] whole = EntryCopy.write(entries().get(1));
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x40;
            assertThatThrownBy(() -> EntryCopy.read(flipped))
                    .isInstanceOf(IOException.class)
                    .message()
                    .matches("not a copy of an entry|a copy of version \\d+, and this program reads 1"
                            + "|damaged: its checksum is not right");
            byte[] cut = Arrays.copyOf(whole, i);
            assertThatThrownBy(() -> EntryCopy.read(cut)).isInstanceOf(IOException.class);
        }
    }

    private List<Entry> entries() {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            String event = Fixtures.frame(Fixtures.event("meeting.started", 1));
            Fixtures.appendText(writer, 1, Fixtures.START_NANOS, event);
            Fixtures.appendText(writer, 2, Fixtures.START_NANOS + 1, event);
            writer.append(
                    StoredKind.GAP,
                    0,
                    Fixtures.START_NANOS,
                    0,
                    Fixtures.bytes(
                            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:01Z\",\"cause\":\"test\"}"));
            writer.append(StoredKind.TOO_LONG_FRAME, 1, Fixtures.START_NANOS, 0, Fixtures.bytes("{\"length\":9}"));
        }
        try (var reader = Journals.openReader(data, "main")) {
            return Fixtures.readAll(reader);
        }
    }
}
