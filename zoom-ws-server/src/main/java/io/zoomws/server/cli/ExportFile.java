package io.zoomws.server.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that has its name only when it is complete and on the disk; until then, and if it never is, there is none. It is for
 * its owner only, since events carry live credentials. One thread.
 */
final class ExportFile implements AutoCloseable {

    private final Path file;
    private final Path directory;
    private final Path unfinished;
    private final boolean replace;
    private final FileOutputStream out;
    private boolean complete;

    private ExportFile(Path file, Path directory, Path unfinished, boolean replace) throws IOException {
        this.file = file;
        this.directory = directory;
        this.unfinished = unfinished;
        this.replace = replace;
        this.out = new FileOutputStream(unfinished.toFile());
    }

    /**
     * Begins a file.
     *
     * @param name of it
     * @param replace whether a file of that name may be replaced
     * @throws CommandException if it cannot be made; then nothing is there
     */
    static ExportFile begin(Path name, boolean replace) throws CommandException {
        Path file = name.toAbsolutePath();
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CommandException("there is no directory " + directory + " for " + name + ": make it first");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CommandException(name + " is no regular file: leave --output out and redirect standard output");
        }
        if (Files.exists(file) && !replace) {
            throw exists(name);
        }
        try {
            // Readable by its owner only; the name is a new one, whatever an export that was killed has left.
            Path unfinished = Files.createTempFile(directory, "." + file.getFileName() + ".", ".part");
            return new ExportFile(file, directory, unfinished, replace);
        } catch (AccessDeniedException e) {
            throw new CommandException("cannot write to " + directory + ": permission denied");
        } catch (IOException e) {
            String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
            throw new CommandException(
                    "cannot write to " + directory + ": " + (reason == null ? "no file can be made there" : reason));
        }
    }

    private static CommandException exists(Path file) {
        return new CommandException(file + " exists: choose another name, or replace it with --force");
    }

    OutputStream stream() {
        return out;
    }

    /** Brings everything written to the disk and gives the file its name. */
    void complete() throws IOException, CommandException {
        out.getFD().sync();
        out.close();
        try {
            if (replace) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(unfinished, file);
            }
        } catch (FileAlreadyExistsException madeMeanwhile) {
            throw exists(file);
        }
        complete = true;
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** Leaves nothing behind of a file that is not complete. */
    @Override
    public void close() throws IOException {
        out.close();
        if (!complete) {
            Files.deleteIfExists(unfinished);
        }
    }
}
