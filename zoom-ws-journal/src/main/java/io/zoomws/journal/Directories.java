package io.zoomws.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names durable: a new file is only on disk when its directory is. */
final class Directories {

    private Directories() {}

    /** Something with channels, which an interrupt would close. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Forces a directory, or a file that nobody in this process holds locked. */
    static void force(Path path) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return path;
        });
    }

    /** Does work that can be repeated, to its end, whether or not the thread is interrupted; the interrupt is kept. */
    static <T> T uninterrupted(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
