package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step of a fault script.
 *
 * @param name the fault's name in the script
 * @param line where it begins in the script, from 1
 * @param moment when
 * @param fault what
 * @param times how often; 0: nothing is said
 * @param lasting for how long; null: nothing is said
 * @param chance how probable it is each time, more than 0 and at most 1
 */
record FaultStep(
        String name,
        int line,
        Moment moment,
        Fault fault,
        long times,
        @Nullable Duration lasting,
        double chance) {

    /** Whether what makes the moment is also what the fault is done to. */
    boolean isOwnMoment() {
        return moment.place() == fault.subject();
    }

    /** How many moments make it begin. */
    long mostBeginnings() {
        boolean opensWindow = lasting != null && fault.lasting() == Fault.Lasting.WINDOW;
        boolean waitsForOthers = fault.subject() != Place.TIME && !isOwnMoment();
        if (moment.recurs()) {
            return times == 0 || opensWindow ? Long.MAX_VALUE : times;
        }
        return opensWindow || waitsForOthers ? 1 : Math.max(1, times);
    }

    /** To how many subjects the fault is done after each beginning. */
    long subjects() {
        if (lasting != null && fault.lasting() == Fault.Lasting.WINDOW) {
            return times == 0 ? Long.MAX_VALUE : times;
        }
        return moment.recurs() || isOwnMoment() ? 1 : Math.max(1, times);
    }
}
