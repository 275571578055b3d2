package io.zoomws.server.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Decides which findings are news. A finding is told when it is seen first, and again each time the interval has passed while it
 * goes on. It is over when it was not seen for a minute, which is told if its beginning was; what comes again within the interval is
 * not told again until that has passed. No I/O; one thread at a time. Holds a few values for each finding of the last interval.
 */
final class AlertMachine {

    /** What comes and goes within that time has not gone. */
    static final Duration CALM = Duration.ofMinutes(1);

    private static final class Trouble {
        private final Instant since;
        private Instant seen;
        private String text;
        private boolean told;

        Trouble(Instant since, String text) {
            this.since = since;
            this.seen = since;
            this.text = text;
        }
    }

    private final Map<Finding.About, Trouble> open = new HashMap<>();
    private final Map<Finding.About, Instant> toldAt = new HashMap<>();

    /** Takes what is wrong now. Returns what is to be told, in the order of the findings, then what is over. */
    List<Alert> step(List<Finding> findings, Duration repeat, Instant now) {
        toldAt.values().removeIf(at -> isOver(at, repeat, now));
        List<Alert> alerts = new ArrayList<>();
        for (Finding finding : findings) {
            Trouble trouble = open.computeIfAbsent(finding.about(), about -> new Trouble(now, finding.text()));
            trouble.seen = now;
            trouble.text = finding.text();
            if (!toldAt.containsKey(finding.about())) {
                Alert.State state = trouble.told ? Alert.State.STILL : Alert.State.RAISED;
                trouble.told = true;
                toldAt.put(finding.about(), now);
                alerts.add(Alert.of(finding.about(), state, trouble.since, now, finding.text()));
            }
        }
        clear(alerts, now);
        return alerts;
    }

    private void clear(List<Alert> alerts, Instant now) {
        Iterator<Map.Entry<Finding.About, Trouble>> all = open.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Finding.About, Trouble> one = all.next();
            Trouble trouble = one.getValue();
            if (isOver(trouble.seen, CALM, now)) {
                all.remove();
                if (trouble.told) {
                    alerts.add(Alert.of(
                            one.getKey(), Alert.State.CLEARED, trouble.since, now, "over; it was: " + trouble.text));
                }
            }
        }
    }

    /** A clock that was set back ends it as well, so that nothing is kept silent for the time it was ahead. */
    private static boolean isOver(Instant from, Duration length, Instant now) {
        return !now.isBefore(from.plus(length)) || now.isBefore(from);
    }
}
