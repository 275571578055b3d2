package io.zoomws.server;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, line by line, what a reload does: to the log, and to whoever asked for it. One thread. */
final class ReloadReport {

    private static final Logger log = LoggerFactory.getLogger(ReloadReport.class);

    private final Consumer<String> told;
    private int applied;
    private int failed;
    private int pending;

    ReloadReport(Consumer<String> told) {
        this.told = told;
    }

    void applied(String what) {
        applied++;
        log.info("reload: applied: {}", what);
        told.accept("applied: " + what);
    }

    void failed(String what) {
        failed++;
        log.error("reload: FAILED: {}", what);
        told.accept("FAILED: " + what);
    }

    void pending(String what) {
        pending++;
        log.warn("reload: NOT applied until the server is restarted: {}", what);
        told.accept("NOT applied until the server is restarted: " + what);
    }

    ReloadOutcome outcome() {
        String text = applied + failed + pending == 0
                ? "the configuration was reloaded: nothing in it has changed"
                : "the configuration was reloaded: " + applied + " applied, " + failed + " failed, " + pending
                        + " waiting for a restart";
        log.info(text);
        return new ReloadOutcome(false, failed == 0, text);
    }
}
