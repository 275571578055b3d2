package io.zoomws.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Makes names durable: a new file is only on disk when its directory is. */
public final class Directories {

    private Directories() {}

    /** Something with channels, which an interrupt would close. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Forces a directory, or a file that nobody in this process holds locked.
     *
     * @param path of either
     * @throws IOException if that fails
     */
    public static void force(Path path) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return path;
        });
    }

    /**
     * Replaces a small file, or makes it, so that at any moment the whole old or the whole new content is there. When this
     * returns, the new one survives a power cut; it is for its owner only. A crash may leave {@code .<name>.new} behind, which means nothing.
     *
     * @param file to be replaced
     * @param content the new one
     * @throws IOException if that fails: the old one is there, or the new one, of which a power cut may leave the old
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        // A stream rather than a channel: a consumer is often interrupted when it saves for the last time.
        try (FileOutputStream out = new FileOutputStream(Privacy.file(fresh).toFile())) {
            out.write(content);
            out.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.resolveSibling("."));
    }

    /** Deletes a file, or a directory with the files in it; nothing if it is not there. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(path);
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
