package io.zoomws.server.doctor;

import java.util.Optional;

/** Judges whether a server on this machine receives the subscription, which a connection of ours would end. */
final class HolderCheck {

    private HolderCheck() {}

    static Verdict judge(Optional<String> holder, boolean connect) {
        if (holder.isEmpty()) {
            return Verdict.ok("no server on this machine writes this journal");
        }
        String held = "the journal is written by " + holder.get();
        if (!connect) {
            return Verdict.ok(held);
        }
        return Verdict.failure(
                held + ", whose connection --connect would end",
                "leave --connect out and ask that server, under /api/v1/status, or stop it first");
    }
}
