package io.zoomws.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Brings what was written to a file to the disk, or says that it could not. Replaced in tests by one that fails. */
@FunctionalInterface
interface Barrier {

    /** The real one. Times of access and change need not be on disk, so data and length suffice (fdatasync). */
    Barrier FORCE = channel -> channel.force(false);

    void force(FileChannel channel) throws IOException;
}
