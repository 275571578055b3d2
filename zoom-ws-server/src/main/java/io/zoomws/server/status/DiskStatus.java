package io.zoomws.server.status;

import java.time.Instant;
import java.util.Optional;

/**
 * The room that a journal has and takes, as it was a few seconds ago.
 *
 * @param usableBytes what is free on its file system for this process
 * @param reserveBytes what of that is never used; 0 if nothing is
 * @param journalBytes what the journal takes
 * @param oldestAt when its oldest entry was received; empty if there is none
 */
public record DiskStatus(long usableBytes, long reserveBytes, long journalBytes, Optional<Instant> oldestAt) {

    /** Nothing was looked at. */
    public static final DiskStatus UNKNOWN = new DiskStatus(0, 0, 0, Optional.empty());
}
