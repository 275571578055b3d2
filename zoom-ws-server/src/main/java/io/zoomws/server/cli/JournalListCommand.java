package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints which journals there are. */
@Command(name = "list", description = "Prints the journals in a data directory, one for each subscription.")
final class JournalListCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    JournalListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Path data = configuration.dataDirectory();
        List<String> subscriptions = Journals.subscriptions(data);
        if (subscriptions.isEmpty()) {
            throw new CommandException(
                    "there is no journal in " + data + ": name the data directory of a server with --data");
        }
        Table table = new Table("subscription", "first", "last", "firstReceivedAt", "lastReceivedAt", "bytes");
        for (String subscription : subscriptions) {
            try (JournalReader reader = Journals.openReader(data, subscription)) {
                long first = reader.resolve(Position.EARLIEST);
                long end = reader.resolve(Position.LATEST);
                boolean empty = first >= end;
                table.row(
                        subscription,
                        empty ? null : first,
                        empty ? null : end - 1,
                        empty ? null : receivedAt(reader, first),
                        empty ? null : receivedAt(reader, end - 1),
                        size(data.resolve(subscription)));
            }
        }
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }

    private static @Nullable String receivedAt(JournalReader reader, long sequence) {
        try (Tailer tailer = reader.tail(sequence)) {
            Entry entry = tailer.poll();
            return entry == null ? null : JsonLines.time(entry.receivedAt());
        }
    }

    /** The length of all files of the subscription; a server may add and remove some meanwhile. */
    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(JournalListCommand::sizeOfFile).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long sizeOfFile(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
