package io.zoomws.server.doctor;

import io.zoomws.server.alert.Alert;
import io.zoomws.server.alert.AlertException;
import io.zoomws.server.alert.AlertTarget;
import io.zoomws.server.config.Settings;
import java.time.Instant;
import java.util.Optional;

/** Tries whether somebody is told when something is wrong. Whoever that is may be asleep, so only if it is asked for. */
final class AlertStep {

    private AlertStep() {}

    static Verdict walk(Settings settings, boolean wanted, Instant now) throws InterruptedException {
        Optional<AlertTarget> target =
                AlertTarget.of(settings.alert(), settings.connection().transport());
        if (target.isEmpty()) {
            return wanted
                    ? Verdict.failure(
                            "nobody is told when something is wrong",
                            "set zoomws.alert.command, or zoomws.alert.url-file")
                    : Verdict.skipped("nobody is told when something is wrong: zoomws.alert is not set");
        }
        if (!wanted) {
            return Verdict.skipped("only with --alert: it tells whoever is told when something is wrong");
        }
        try {
            target.get().tell(Alert.test(now));
            return Verdict.ok("a test was told, as far as can be seen from here");
        } catch (AlertException e) {
            return Verdict.failure(
                    String.valueOf(e.getMessage()), "mend zoomws.alert, and try again with 'zoom-ws alert test'");
        }
    }
}
