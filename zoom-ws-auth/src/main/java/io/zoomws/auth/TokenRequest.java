package io.zoomws.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is posted. To the token endpoint: the app by HTTP Basic, the grant in the form, so that it holds the client secret. Or a
 * document to another address, which may be a secret itself.
 */
final class TokenRequest {

    private final URI url;
    private final String[] headers;
    private final String form;

    private TokenRequest(URI url, String form, String... headers) {
        this.url = url;
        this.form = form;
        this.headers = headers.clone();
    }

    /** A JSON document. */
    static TokenRequest ofJson(URI url, String json) {
        return new TokenRequest(url, json, "Content-Type", "application/json");
    }

    TokenRequest(OAuthClient client) {
        this.url = client.tokenUrl();
        String authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (client.clientId() + ":" + client.clientSecret().reveal())
                                        .getBytes(StandardCharsets.UTF_8));
        this.headers = new String[] {
            "Authorization",
            authorization,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/json"
        };
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
        return headers.clone();
    }

    String form() {
        return form;
    }
}
