package io.zoomws.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is asked of the token endpoint: the app by HTTP Basic, the grant in the form. It holds the client secret. */
final class TokenRequest {

    private final URI url;
    private final String authorization;
    private final String form;

    TokenRequest(OAuthClient client) {
        this.url = client.tokenUrl();
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (client.clientId() + ":" + client.clientSecret().reveal())
                                        .getBytes(StandardCharsets.UTF_8));
        this.form = client.accountId()
                .map(id -> "grant_type=account_credentials&account_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .orElse("grant_type=client_credentials");
    }

    URI url() {
        return url;
    }

    boolean isEncrypted() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isEncrypted() ? 443 : 80;
    }

    /** The header fields that both ways of sending need. */
    String[] headers() {
        return new String[] {
            "Authorization",
            authorization,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/json"
        };
    }

    String form() {
        return form;
    }
}
