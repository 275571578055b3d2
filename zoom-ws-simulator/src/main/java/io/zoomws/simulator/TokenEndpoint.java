package io.zoomws.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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

    /**
     * Answers one request.
     *
     * @param authorization the header, empty if there was none
     * @param uri path and query of the request line
     * @param form the body
     */
    HttpAnswer answer(String authorization, String uri, String form) {
        HttpAnswer answer = decide(authorization, uri, form);
        if (answer.status() == 200) {
            issued++;
        } else {
            refused++;
        }
        return answer;
    }

    private HttpAnswer decide(String authorization, String uri, String form) {
        if (!authorization.equals(expectedAuthorization)) {
            return WRONG_CLIENT;
        }
        Map<String, List<String>> query = new QueryStringDecoder(uri).parameters();
        Map<String, List<String>> body = new QueryStringDecoder(form, false).parameters();
        String grant = parameter("grant_type", body, query);
        if (grant.equals("account_credentials")) {
            return parameter("account_id", body, query).equals(accountId) ? issue() : BAD_REQUEST;
        }
        return grant.equals("client_credentials") ? issue() : WRONG_GRANT;
    }

    private HttpAnswer issue() {
        return HttpAnswer.json(
                200,
                "{\"access_token\":\"" + tokens.issue() + "\",\"token_type\":\"bearer\",\"expires_in\":"
                        + tokens.life().toSeconds()
                        + ",\"scope\":\"meeting:read:meeting:admin user:read:user:admin\","
                        + "\"api_url\":\"https://api-us.zoom.us\"}");
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
