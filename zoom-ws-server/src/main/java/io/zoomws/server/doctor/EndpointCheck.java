package io.zoomws.server.doctor;

import io.zoomws.auth.WayException;
import io.zoomws.auth.WayReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Judges the way to an endpoint: TCP, and TLS with chain, name and expiry. */
final class EndpointCheck {

    private static final Duration SOON = Duration.ofDays(14);

    private EndpointCheck() {}

    static Verdict judge(Endpoint to, Way way, Instant now) {
        if (way instanceof Way.Blocked blocked) {
            return Verdict.failure(blocked.message(), remedy(blocked.kind()));
        }
        WayReport report = ((Way.Open) way).report();
        String reached = to + " is reached in " + report.took().toMillis() + " ms";
        if (report.encryption().isEmpty()) {
            return Verdict.ok(reached + ", without TLS");
        }
        WayReport.Encryption tls = report.encryption().get();
        String found = reached + ", " + tls.protocol() + ", certificate by " + tls.issuer() + " until "
                + tls.validUntil()
                        .atZone(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.DAYS)
                        .toLocalDate();
        if (tls.validUntil().isBefore(now.plus(SOON))) {
            return Verdict.warning(
                    found + ", which is soon",
                    "if that is not Zoom's certificate but that of a proxy or a server of yours, renew it; if it is"
                            + " Zoom's, it will renew it: check the clock");
        }
        return Verdict.ok(found);
    }

    private static String remedy(WayException.Kind kind) {
        return switch (kind) {
            case NAME -> "check the network and its name server";
            case TCP -> "let the firewall allow host and port, or set zoomws.connection.proxy if there is a proxy";
            case PROXY -> "ask whoever runs the proxy to allow host and port";
            case TLS ->
                "check the clock of this machine and the address; where a proxy opens TLS, set"
                        + " zoomws.connection.ca-file to a file with its authority's certificate";
            case SILENCE -> "check firewall and proxies in between: something takes the connection and says nothing";
        };
    }
}
