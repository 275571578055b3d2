package io.zoomws.cameltests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the file endpoint left. */
final class Folder {

    private Folder() {}

    /** How many files are complete: those that are being written begin with a dot, or are empty. */
    static long count(Path folder) throws IOException {
        return contents(folder).stream().filter(text -> text.endsWith("}")).count();
    }

    /** The contents of its files. */
    static List<String> contents(Path folder) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }
}
