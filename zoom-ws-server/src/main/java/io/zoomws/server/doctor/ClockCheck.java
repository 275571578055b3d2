package io.zoomws.server.doctor;

import io.zoomws.auth.TokenReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Judges the clock of this machine by that of the token server. A token's life does not depend on it; receive times, bounds
 * of gaps and certificates do.
 */
final class ClockCheck {

    /** The server tells whole seconds, so that it is half a second later on average. */
    private static final Duration ROUNDING = Duration.ofMillis(500);

    private static final Duration TOLERATED = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMinutes(5);

    private ClockCheck() {}

    /** The time here all the same: whoever reads it has another clock to compare with. */
    static Verdict untold(Instant here) {
        return Verdict.skipped("the token endpoint has not told its time; it is " + here.truncatedTo(ChronoUnit.SECONDS)
                + " by the clock of this machine");
    }

    static Verdict judge(TokenReport report) {
        if (report.serverTime().isEmpty()) {
            return untold(report.answeredAt());
        }
        Duration answer = Duration.between(report.askedAt(), report.answeredAt());
        Instant here = report.askedAt().plus(answer.dividedBy(2));
        Duration off = Duration.between(report.serverTime().get().plus(ROUNDING), here);
        Duration known = off.abs().minus(answer.dividedBy(2).abs());
        if (known.compareTo(TOLERATED) <= 0) {
            return Verdict.ok("the clock of this machine agrees with the token server's");
        }
        String text = "the clock of this machine is " + off.abs().toSeconds() + " s "
                + (off.isNegative() ? "behind" : "ahead of") + " the token server's";
        String remedy = "set it by NTP (timedatectl set-ntp true): times of events and bounds of gaps are told by it,"
                + " and certificates judged";
        return known.compareTo(MOST) > 0 ? Verdict.failure(text, remedy) : Verdict.warning(text, remedy);
    }
}
