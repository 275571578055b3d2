package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a secret from a file of its own, as container platforms hand them out. */
final class SecretFile {

    private SecretFile() {}

    /**
     * Reads a file; white space around the secret is dropped.
     *
     * @param what what it must hold, for messages
     * @return empty if there is none, which has been reported as a problem then
     */
    static Optional<Secret> read(SettingsReader reader, String key, String file, String what) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return Optional.of(Secret.of(text));
            }
            reader.problem(key, "the file " + file + " is empty: it must hold the " + what);
        } catch (IOException | InvalidPathException e) {
            reader.problem(
                    key, "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return Optional.empty();
    }
}
