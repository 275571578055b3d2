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

    /** How many files are complete: an endpoint without a prefix for those that are being written may have half of one. */
    static long count(Path folder) throws IOException {
        return contents(folder).stream().filter(text -> text.endsWith("}")).count();
    }

    /** The contents of its files, without those that are being written under a name that begins with a dot. */
    static List<String> contents(Path folder) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }
}
