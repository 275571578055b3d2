package io.zoomws.server.delivery;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process of its own in which an instance runs.
 *
 * @param pid empty while there is none
 * @param restarts how often one ended without having been told to and another was started, since the instance was started
 * @param problem why the last one that did ended, or why none is started any more; empty if none did
 */
public record OwnProcess(OptionalLong pid, long restarts, Optional<String> problem) {

    /** That of an instance which runs in the server's. */
    public static final OwnProcess NONE = new OwnProcess(OptionalLong.empty(), 0, Optional.empty());
}
