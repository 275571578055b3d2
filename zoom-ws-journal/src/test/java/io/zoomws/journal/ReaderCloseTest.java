package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader may be closed at any moment, and leaves no file open. */
class ReaderCloseTest {

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    Path data;

    @BeforeEach
    void writeAJournal() {
        assumeTrue(Files.isDirectory(OPEN_FILES), "only Linux tells which files are open");
        JournalWriter.open(data, "main").close();
    }

    private static List<String> openFiles(String part) throws IOException {
        List<String> found = new ArrayList<>();
        try (var links = Files.list(OPEN_FILES)) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.contains(part)) {
                        found.add(target);
                    }
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return found;
    }

    /** A reader that is closed, as by another thread, while its mark is looked at for the n-th time. */
    private FileJournalReader closedAtLook(int look) {
        AtomicInteger looks = new AtomicInteger();
        FileJournalReader[] reader = new FileJournalReader[1];
        Visibility visibility = new Visibility() {
            @Override
            public Mark current() {
                if (looks.incrementAndGet() == look) {
                    reader[0].close();
                }
                return new Mark(2, 1, 1);
            }

            @Override
            public boolean await(long sequence, long nanos) {
                return true;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
        reader[0] = new FileJournalReader(data.resolve("main/journal"), "main", visibility);
        return reader[0];
    }

    @Test
    void aTailerThatIsOpenedWhileItsReaderIsClosedIsRefused() throws Exception {
        FileJournalReader reader = closedAtLook(1);

        assertThatThrownBy(() -> reader.tail(1))
                .isInstanceOf(JournalException.class)
                .hasMessage("The reader of " + data.resolve("main/journal") + " is closed");
    }

    @Test
    void aTailerThatIsClosedWhileItReadsOpensNothing() throws Exception {
        Tailer tailer = closedAtLook(2).tail(1);

        assertThatThrownBy(tailer::poll)
                .isInstanceOf(JournalException.class)
                .hasMessage("This tailer of 'main' is closed");
        assertThat(openFiles(data.toString())).noneMatch(file -> file.endsWith("/index"));
    }

    @Test
    void aWatchThatCannotBeHadLeavesNothingBehind() throws Exception {
        int before = openFiles("inotify").size();
        Path moved = data.resolve("main/moved");
        try (WatchedVisibility visibility = new WatchedVisibility(data.resolve("main/journal"))) {
            Files.move(data.resolve("main/journal"), moved);
            assertThat(visibility.await(3, 1)).isFalse();
            assertThat(openFiles("inotify")).hasSize(before);
            assertThat(visibility.await(2, 1)).isTrue();
        }
    }
}
