package io.zoomws.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What is remembered of a cursor beside its position, in the file {@code .<name>.known}: that it once had one, and whether
 * retention waits for it. It is made after the first save, so that a cursor whose position is missing is lost rather than new, and
 * no crash makes a new one look lost. It outlives damage to the position.
 */
enum Known {
    /** No position was ever saved. */
    NEVER(""),
    /** Retention does not wait for it. */
    OPTIONAL("optional\n"),
    /** Retention waits for it. What cannot be read counts as this. */
    REQUIRED("required\n");

    static final String SUFFIX = ".known";

    private final String content;

    Known(String content) {
        this.content = content;
    }

    static Known of(boolean required) {
        return required ? REQUIRED : OPTIONAL;
    }

    static Path file(Path cursors, String name) {
        return cursors.resolve("." + name + SUFFIX);
    }

    static Known read(Path cursors, String name) throws IOException {
        try {
            byte[] found = Files.readAllBytes(file(cursors, name));
            return new String(found, StandardCharsets.UTF_8).equals(OPTIONAL.content) ? OPTIONAL : REQUIRED;
        } catch (NoSuchFileException e) {
            return NEVER;
        }
    }

    void write(Path cursors, String name) throws IOException {
        Directories.replace(file(cursors, name), content.getBytes(StandardCharsets.UTF_8));
    }
}
