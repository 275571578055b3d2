package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** Reads a secret from a file of its own, as container platforms hand them out. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads a file.
     *
     * @param file its path
     * @param what what it must hold, for the message
     * @return the secret, without white space around it
     * @throws IllegalArgumentException if there is none; the message says why
     */
    public static String text(String file, String what) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        throw new IllegalArgumentException("the file " + file + " is empty: it must hold the " + what);
    }

    /**
     * Reads a file, for the server's own settings: one line, which nobody else should be able to read.
     *
     * @return empty if there is none, which has been reported as a problem then
     */
    static Optional<Secret> read(SettingsReader reader, String key, String file, String what) {
        try {
            String text = text(file, what);
            if (text.lines().count() > 1) {
                throw new IllegalArgumentException(
                        "the file " + file + " has several lines: it must hold the " + what + " and nothing else");
            }
            if (isOpenToAll(Path.of(file))) {
                reader.warning(key, "every user of this machine can read the file " + file + ": chmod o-rwx " + file);
            }
            return Optional.of(Secret.of(text));
        } catch (IllegalArgumentException e) {
            reader.problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** False where a file system knows no such permissions, or does not tell. */
    private static boolean isOpenToAll(Path file) {
        try {
            return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return false;
        }
    }
}
