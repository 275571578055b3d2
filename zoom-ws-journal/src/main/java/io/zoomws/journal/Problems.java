package io.zoomws.journal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for what the operating system refused: the messages of {@code java.nio.file} are often only a path. */
final class Problems {

    private Problems() {}

    static String text(Throwable problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (problem instanceof InternalError) {
            return "a store into a mapped file faulted, so the disk is full or failing";
        }
        if (problem instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }
}
