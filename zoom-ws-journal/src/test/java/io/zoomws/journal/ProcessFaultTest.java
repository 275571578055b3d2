package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operating system, or somebody with a shell, does to a process that writes a journal. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ProcessFaultTest {

    /** SIGABRT, as a shell and Java tell it. */
    private static final int ABORTED = 134;

    @TempDir
    Path root;

    private Path data() {
        return root.resolve("data");
    }

    private Path journal() {
        return data().resolve("main/journal");
    }

    /** Lets it write until so much was announced; returns the last word. */
    private static long await(JournalChild child, long durable) throws IOException {
        long announced = 0;
        while (announced < durable) {
            String line = child.lineThatBegins("durable ");
            assertThat(line).isNotNull();
            announced = JournalChild.number(line.substring("durable ".length()));
        }
        return announced;
    }

    /** The last announcement before it said why it failed, with the words. */
    private record End(long announced, String words) {}

    private static End end(JournalChild child, long before) throws Exception {
        long announced = before;
        for (String line = child.line(); line != null; line = child.line()) {
            if (line.startsWith("durable ")) {
                announced = JournalChild.number(line.substring("durable ".length()));
            } else if (line.startsWith("failed ")) {
                assertThat(child.exitStatus()).as("it ends by itself").isZero();
                return new End(announced, line);
            }
        }
        throw new AssertionError("it ended without a word, exit status " + child.exitStatus());
    }

    private void reopenAndCheck(long announced) {
        JournalWriter.open(data(), "main").close();
        assertThat(Oracle.check(data(), announced).last()).isGreaterThan(announced);
    }

    @Test
    void aWriterWithTheProcessIdOfTheKilledOneOpens() throws Exception {
        List<String> alone = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
        Tools.assume("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "true");
        long announced;
        try (JournalChild first = JournalChild.start(alone, "write", data())) {
            first.tell("");
            announced = await(first, 50);
            assertThat(Files.readString(journal().resolve("lock"))).startsWith("process 1 on ");
            first.kill();
            for (String line = first.line(); line != null; line = first.line()) {
                announced = Math.max(announced, line.startsWith("durable ") ? 0 : announced);
            }
        }
        try (JournalChild second = JournalChild.start(alone, "write", data())) {
            second.tell("");
            assertThat(second.line()).isEqualTo("epoch 2");
            assertThat(Files.readString(journal().resolve("lock"))).startsWith("process 1 on ");
            announced = await(second, announced + 50);
        }
        reopenAndCheck(announced);
    }

    @Test
    void aLimitOfFileSizeFailsTheWriterInWordsAndKillsNobody() throws Exception {
        Tools.assume("prlimit", "--version");
        End end;
        try (JournalChild child = JournalChild.start("write", data())) {
            child.tell("");
            long announced = await(child, 50);
            Tools.run("prlimit", "--pid", Long.toString(child.pid()), "--fsize=100000:100000");
            end = end(child, announced);
        }
        assertThat(end.words()).isEqualTo("failed disk: File too large");
        try (JournalChild child = JournalChild.start(List.of("prlimit", "--fsize=1000000:1000000"), "open", data())) {
            assertThat(end(child, 0).words()).contains(journal().toString());
        }
        reopenAndCheck(end.announced());
    }

    @Test
    void tooManyOpenFilesFailTheWriterInWords() throws Exception {
        Tools.assume("prlimit", "--version");
        End end;
        try (JournalChild child = JournalChild.start("write", data())) {
            child.tell("");
            long announced = await(child, 50);
            Tools.run("prlimit", "--pid", Long.toString(child.pid()), "--nofile=8:8");
            end = end(child, announced);
        }
        // Classes that lie in a directory cannot be loaded any more, so that the writer may be at a loss for words.
        assertThat(end.words()).containsAnyOf("Too many open files", "file descriptors have run out");
        reopenAndCheck(end.announced());
    }

    @Test
    void aReadOnlyFileSystemIsRefusedToAWriterAndReadByAReader() throws Exception {
        Tools.assume("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt");
        JournalWriter.open(data(), "main").close();
        String mount = "mount --bind '%1$s' '%1$s' && mount -o remount,bind,ro '%1$s' && exec \"$@\"".formatted(data());
        List<String> readOnly = List.of("unshare", "--mount", "sh", "-c", mount, "sh");
        try (JournalChild child = JournalChild.start(readOnly, "open", data())) {
            assertThat(end(child, 0).words())
                    .isEqualTo("failed Cannot write to " + journal()
                            + ": permission denied. Make the data directory writable, or use another.");
        }
        try (JournalChild child = JournalChild.start(readOnly, "read", data())) {
            assertThat(child.ask("poll")).as("the next sequence").isEqualTo("3");
        }
    }

    @Test
    void aCycleFileThatIsDeletedUnderItsWriterCostsWhatLayInItAndTheNextGoIntoAnother() throws Exception {
        JournalWriter writer = JournalWriter.open(data(), "main");
        Path cycle = Segment.list(journal()).get(0).data().orElseThrow();
        append(writer, 20);
        Files.delete(cycle);
        append(writer, 20);
        writer.close();
        assertThat(writer.status().state()).isEqualTo(JournalStatus.State.CLOSED);

        JournalWriter.open(data(), "main").close();

        assertThat(Oracle.check(data(), 41, sequence -> sequence <= 21).lost()).hasSize(21);
    }

    private static void append(JournalWriter writer, int count) {
        long sequence = writer.status().appendedSequence();
        for (int i = 0; i < count; i++) {
            sequence++;
            Fixtures.appendText(writer, 1, Fixtures.START_NANOS, Oracle.frameAt(1, sequence));
        }
        while (writer.status().visibleSequence() < sequence) {
            LockSupport.parkNanos(100_000);
        }
    }

    /**
     * The writer notices before the next batch. If the cut comes later, a store into a page that the file has no longer is a
     * SIGBUS. The JVM makes an error of it, but for the compare-and-set with which Chronicle publishes a header: there it
     * aborts, until that method is compiled.
     */
    @Test
    void aCycleFileThatIsCutUnderItsWriterCostsWhatWasCutOffAndTheNextGoIntoAnother() throws Exception {
        try (JournalChild child = JournalChild.start("write one segment", data())) {
            child.tell("");
            long announced = await(child, 20);
            try (RandomAccessFile cycle = new RandomAccessFile(
                    Segment.list(journal()).get(0).data().orElseThrow().toFile(), "rw")) {
                cycle.setLength(CrashingDisk.FIRST_ENTRY_AT);
            }
            String line = child.line();
            for (int more = 0; line != null && more < 200; more++) {
                line = child.line();
            }
            if (line == null) {
                assertThat(child.exitStatus())
                        .as("after sequence %d", announced)
                        .isEqualTo(ABORTED);
            }
            child.kill();
        }
        // What was stored behind the end of the file cannot be read back, so that no reader was ever told of it.
        long visible;
        try (RandomAccessFile mark = new RandomAccessFile(Mark.file(journal()).toFile(), "r")) {
            visible = Mark.read(mark).visible();
        }
        JournalWriter.open(data(), "main").close();
        assertThat(Oracle.check(data(), visible, sequence -> true).last()).isGreaterThan(visible);
    }
}
