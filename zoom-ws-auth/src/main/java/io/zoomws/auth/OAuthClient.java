package io.zoomws.auth;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * An app of the Zoom Marketplace, as its token endpoint knows it.
 *
 * @param tokenUrl where tokens are issued: https, or http to this machine only
 * @param clientId the app's public id
 * @param clientSecret the app's secret
 * @param accountId if present, the grant {@code account_credentials} is used (Server-to-Server app), otherwise
 *     {@code client_credentials}
 */
public record OAuthClient(URI tokenUrl, String clientId, Secret clientSecret, Optional<String> accountId) {

    /**
     * Refuses what would send the secret in the clear or not at all.
     *
     * @throws IllegalArgumentException if the URL is neither https nor http to this machine, or holds credentials, or an id
     *     is blank or the client id holds a colon
     */
    public OAuthClient {
        requireSafe(tokenUrl);
        // HTTP Basic ends the user name at the first colon (RFC 7617), so such an id could not be told from the secret.
        if (clientId.isBlank() || clientId.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "A client id is not blank and holds no colon: copy it from the app's page"
                            + " in the Zoom Marketplace");
        }
        if (accountId.isPresent() && accountId.get().isBlank()) {
            throw new IllegalArgumentException("An account id is not blank: leave it out for client_credentials");
        }
    }

    private static void requireSafe(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || url.getUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The token-url must be an absolute URL without user name and fragment, such as"
                            + " https://zoom.us/oauth/token");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && Loopback.names(url.getHost()))) {
            throw new IllegalArgumentException(
                    "The token-url must begin with https:// because the client secret is sent to"
                            + " it; http:// is accepted to 127.0.0.1, [::1] and localhost only");
        }
    }

    /** The endpoint as messages name it: without path and query. */
    String endpoint() {
        return tokenUrl.getPort() < 0 ? tokenUrl.getHost() : tokenUrl.getHost() + ":" + tokenUrl.getPort();
    }
}
