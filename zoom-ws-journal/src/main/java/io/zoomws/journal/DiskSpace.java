package io.zoomws.journal;

import java.nio.file.Path;

/** Tells how much room there is. Replaced in tests by one that says what they want. */
@FunctionalInterface
interface DiskSpace {

    /** What the file system of the path says, in one system call; 0 also if it says nothing. */
    DiskSpace OF_FILE_SYSTEM = path -> path.toFile().getUsableSpace();

    long usableBytes(Path path);
}
