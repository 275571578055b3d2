package io.zoomws.plugin.camelroutes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The folder of the route files. */
final class Folder {

    /** Nobody writes so much by hand; a log that was put here by mistake is not read into memory at every look. */
    private static final long MOST_BYTES = 1 << 20;

    private final Path directory;

    Folder(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all of them.
     *
     * @return contents by the name of the file
     * @throws IOException if it cannot be told what is there; what runs is better left running then
     */
    SortedMap<String, Content> read() throws IOException {
        SortedMap<String, Content> contents = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Folder::isRouteFile)) {
            for (Path file : files) {
                read(file).ifPresent(content -> contents.put(file.getFileName().toString(), content));
            }
        }
        return contents;
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        // Editors keep what is not saved yet in files that begin with a dot.
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static Optional<Content> read(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new IOException(file.getFileName() + " has " + size + " bytes; a route file has " + MOST_BYTES
                        + " at most: put it elsewhere");
            }
            return Optional.of(new Content(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) { // Deleted since it was listed, so it is not there.
            return Optional.empty();
        }
    }
}
