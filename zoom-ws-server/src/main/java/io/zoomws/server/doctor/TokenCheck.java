package io.zoomws.server.doctor;

import io.zoomws.auth.TokenFailure;
import io.zoomws.auth.TokenReport;
import java.time.Duration;
import java.util.List;

/** Judges what came of asking for a token: which grant, which scopes, which life, or who can mend it. */
final class TokenCheck {

    private static final Duration SHORT_LIFE = Duration.ofMinutes(5);
    private static final int MOST_SCOPES = 8;

    private TokenCheck() {}

    static Verdict judge(TokenReport.Outcome outcome, boolean account) {
        if (outcome instanceof TokenReport.Failed failed) {
            return Verdict.failure(failed.message(), remedy(failed.failure(), account));
        }
        return judge((TokenReport.Granted) outcome, account ? "account_credentials" : "client_credentials");
    }

    private static Verdict judge(TokenReport.Granted granted, String grant) {
        String found = "a token by the grant " + grant + ", "
                + granted.life()
                        .map(life -> "good for " + life.toSeconds() + " s")
                        .orElse("whose life was not told")
                + ", " + granted.scopes().map(TokenCheck::scopes).orElse("whose scopes were not told");
        if (granted.scopes().filter(List::isEmpty).isPresent()) {
            return Verdict.warning(
                    found, "add the scopes that your event types ask for to the app, and activate it again");
        }
        if (granted.life().filter(life -> life.compareTo(SHORT_LIFE) < 0).isPresent()) {
            return Verdict.warning(found, "Zoom's tokens live for an hour: check token-url");
        }
        return Verdict.ok(found);
    }

    private static String scopes(List<String> scopes) {
        if (scopes.isEmpty()) {
            return "without any scope";
        }
        int more = scopes.size() - MOST_SCOPES;
        return (scopes.size() == 1 ? "1 scope: " : scopes.size() + " scopes: ")
                + String.join(" ", scopes.subList(0, Math.min(scopes.size(), MOST_SCOPES)))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String remedy(TokenFailure failure, boolean account) {
        if (failure instanceof TokenFailure.WrongCredentials) {
            return "client-id and client-secret must be of the same app and of the same environment (Development or"
                    + " Production), and a secret that was regenerated replaces the one before";
        }
        if (failure instanceof TokenFailure.WrongAccount) {
            return account
                    ? "a Server-to-Server OAuth app must be activated and its account-id that of App Credentials; any other"
                            + " kind of app wants no account-id at all"
                    : "set account-id (ZOOM_ACCOUNT_ID) as App Credentials of the Server-to-Server OAuth app shows it";
        }
        if (failure instanceof TokenFailure.RateLimited) {
            return "wait, and look for another process that asks for tokens of this app over and over";
        }
        if (failure instanceof TokenFailure.Unavailable) {
            return "try again in a minute; if it stays so, look at status.zoom.us and at proxies in between";
        }
        return "compare token-url with https://zoom.us/oauth/token; a portal or a proxy may answer in Zoom's place";
    }
}
