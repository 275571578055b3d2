package io.zoomws.server.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it is in a slot: one value, so that whoever asks sees no half of a change.
 *
 * @param occupant what was started last; null if nothing was, or it could not be
 * @param refusal why it could not be
 * @param abandoned what was started before and has not ended
 * @param earlier what all before the occupant have done, but for the processor time of the abandoned ones
 */
record Holding(@Nullable Occupant occupant, @Nullable String refusal, List<Occupant> abandoned, Tally earlier) {

    Holding with(Occupant started) {
        return new Holding(started, null, abandoned, earlier);
    }

    Holding refused(String why) {
        return new Holding(null, why, abandoned, earlier);
    }
}
