package io.zoomws.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a secret from a file of its own, as container platforms hand them out. */
final class SecretFile {

    private SecretFile() {}

    /**
     * Reads it, without white space around it.
     *
     * @throws IllegalArgumentException if the file does not hold one line; the message names the option and nothing of the file's
     *     content
     */
    static String read(String name, String option, String file) {
        String text;
        try {
            text = Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw Plan.wrong(
                    name, option, file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (text.lines().count() != 1) {
            throw Plan.wrong(name, option, file, "it must hold the secret in one line, and nothing else");
        }
        return text;
    }
}
