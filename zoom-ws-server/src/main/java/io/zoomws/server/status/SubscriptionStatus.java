package io.zoomws.server.status;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.feed.FrameCounts;
import io.zoomws.journal.JournalStatus;
import io.zoomws.server.gaps.GapLedger;

/**
 * How one subscription is.
 *
 * @param name as configured
 * @param connection to Zoom
 * @param frames received since the server began
 * @param oddFrames among them
 * @param journal that takes them
 * @param gaps of that journal
 * @param disk under it
 */
public record SubscriptionStatus(
        String name,
        ConnectionStatus connection,
        FrameCounts frames,
        OddFrameCounts oddFrames,
        JournalStatus journal,
        GapLedger.Summary gaps,
        DiskStatus disk) {

    /**
     * Whether events are received and journaled.
     *
     * @return true if Zoom has confirmed the connection and the journal takes entries
     */
    public boolean ready() {
        return connection.state() == ConnectionState.READY && journal.state() == JournalStatus.State.RUNNING;
    }
}
