package io.zoomws.cameltests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page {@code docs/camel.md} and its fenced blocks. */
final class Page {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    private Page() {}

    static String text() {
        // Tests run in the folder of their module.
        try {
            return Files.readString(Path.of("../../docs/camel.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only block of a language that holds a text. */
    static String block(String language, String text) {
        List<String> found = BLOCK.matcher(text())
                .results()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).contains(text))
                .map(block -> block.group(2))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    "docs/camel.md has " + found.size() + " blocks of " + language + " with '" + text + "', not 1");
        }
        return found.get(0);
    }
}
