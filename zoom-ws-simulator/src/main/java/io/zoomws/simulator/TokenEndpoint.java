package io.zoomws.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth/token}, as clients reported it: HTTP Basic, parameters in the form body or in the query (Zoom's own
 * sample sends the query and an empty body), and 400 rather than 401 for wrong credentials.
 */
final class TokenEndpoint {

    private static final HttpAnswer WRONG_CLIENT =
            HttpAnswer.json(400, "{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}");
    private static final HttpAnswer BAD_REQUEST =
            HttpAnswer.json(400, "{\"reason\":\"Bad Request\",\"error\":\"invalid_request\"}");
    private static final HttpAnswer WRONG_GRANT =
            HttpAnswer.json(400, "{\"reason\":\"unsupported grant type\",\"error\":\"unsupported_grant_type\"}");

    private final Tokens tokens;
    private final String expectedAuthorization;
    private final String accountId;
    private long issued;
    private long refused;

    TokenEndpoint(SimulatorSettings settings, Tokens tokens) {
        this.tokens = tokens;
        this.accountId = settings.accountId();
        this.expectedAuthorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (settings.clientId() + ":" + settings.clientSecret()).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers one request as Zoom does. */
    HttpAnswer answer(TokenRequest request) {
        return answer(request, tokens.life(), false);
    }

    /** The same, with a token that lives so long, and ends all earlier ones or not. */
    HttpAnswer answer(TokenRequest request, Duration life, boolean endsOld) {
        HttpAnswer refusal = refusal(request);
        if (refusal != null) {
            refused++;
            return refusal;
        }
        issued++;
        return HttpAnswer.json(
                200,
                "{\"access_token\":\"" + tokens.issue(life, endsOld)
                        + "\",\"token_type\":\"bearer\",\"expires_in\":" + life.toSeconds()
                        + ",\"scope\":\"meeting:read:meeting:admin user:read:user:admin\","
                        + "\"api_url\":\"https://api-us.zoom.us\"}");
    }

    /** A request was not answered with a token, by a fault. */
    void refusedOne() {
        refused++;
    }

    Duration life() {
        return tokens.life();
    }

    Instant now() {
        return tokens.now();
    }

    private @Nullable HttpAnswer refusal(TokenRequest request) {
        if (!request.authorization().equals(expectedAuthorization)) {
            return WRONG_CLIENT;
        }
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        Map<String, List<String>> body = new QueryStringDecoder(request.form(), false).parameters();
        String grant = parameter("grant_type", body, query);
        if (grant.equals("account_credentials")) {
            return parameter("account_id", body, query).equals(accountId) ? null : BAD_REQUEST;
        }
        return grant.equals("client_credentials") ? null : WRONG_GRANT;
    }

    private static String parameter(String name, Map<String, List<String>> body, Map<String, List<String>> query) {
        List<String> values = body.getOrDefault(name, query.getOrDefault(name, List.of()));
        return values.isEmpty() ? "" : values.get(0);
    }

    long issued() {
        return issued;
    }

    long refused() {
        return refused;
    }
}
