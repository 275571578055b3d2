package io.zoomws.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a token or a classified failure of what the token endpoint answered. Tolerant where a change of Zoom's would
 * otherwise stop everything, strict where a wrong reading would be worse: the token itself.
 */
final class TokenAnswer {

    /** Used if Zoom names no life time: long enough to connect with, so short that a dead token is not kept. */
    private static final Duration LIFE_IF_UNTOLD = Duration.ofMinutes(5);

    private static final int LONGEST_LIFE_SECONDS = 24 * 60 * 60;
    private static final int LONGEST_TOKEN = 16_384;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** What Zoom's scopes are made of; anything else is nobody's business on a screen. */
    private static final Pattern SCOPE = Pattern.compile("[a-zA-Z0-9_:.-]{1,100}");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final OAuthClient client;
    private final Instant askedAt;

    /**
     * An answer to come.
     *
     * @param askedAt when the request was sent: the token's life is counted from here, so that it is not over-estimated
     */
    TokenAnswer(OAuthClient client, Instant askedAt) {
        this.client = client;
        this.askedAt = askedAt;
    }

    /**
     * Reads an answer.
     *
     * @param body empty if it was over the limit
     * @throws TokenException if it holds no token
     */
    AccessToken read(int status, HttpHeaders headers, Optional<byte[]> body) throws TokenException {
        JsonNode json = granted(status, headers, body);
        return new AccessToken(Secret.of(text(json)), askedAt.plus(life(json).orElse(LIFE_IF_UNTOLD)));
    }

    /**
     * Reads what an answer says of its token, but not the token.
     *
     * @param body empty if it was over the limit
     * @throws TokenException if it holds no token
     */
    TokenReport.Granted describe(int status, HttpHeaders headers, Optional<byte[]> body) throws TokenException {
        JsonNode json = granted(status, headers, body);
        String token = text(json);
        return new TokenReport.Granted(
                life(json), Optional.ofNullable(json.path("scope").textValue()).map(scope -> SPACES.splitAsStream(scope)
                        .filter(word -> SCOPE.matcher(word).matches() && !word.contains(token))
                        .toList()));
    }

    private JsonNode granted(int status, HttpHeaders headers, Optional<byte[]> body) throws TokenException {
        if (status == 429) {
            throw rateLimited(headers);
        }
        if (status == 408 || status >= 500) {
            throw failed(new TokenFailure.Unavailable(), " is out of order (HTTP " + status + ")");
        }
        if (status >= 300 && status < 400) {
            throw nonsense(" answered with a redirect (HTTP " + status + "), which is never followed");
        }
        if (body.isEmpty()) {
            throw nonsense(" answered HTTP " + status + " with more than " + OAuthTokenSource.BODY_LIMIT_BYTES / 1024
                    + " KiB");
        }
        JsonNode json = parse(body.get());
        if (status != 200) {
            throw refused(status, json);
        }
        if (!json.isObject()) {
            throw nonsense(" answered HTTP 200 without a JSON object");
        }
        if (!isToken(text(json))) {
            throw nonsense(" answered HTTP 200 without an access_token that could be one");
        }
        return json;
    }

    private static String text(JsonNode json) {
        String text = json.path("access_token").textValue();
        return text == null ? "" : text;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_TOKEN && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    /** A number or a string; anything else is as good as untold: the token still works. */
    private static Optional<Duration> life(JsonNode json) {
        JsonNode expiresIn = json.path("expires_in");
        double seconds = expiresIn.isNumber() || expiresIn.isTextual() ? expiresIn.asDouble(0) : 0;
        return seconds >= 1
                ? Optional.of(Duration.ofSeconds((long) Math.min(seconds, LONGEST_LIFE_SECONDS)))
                : Optional.empty();
    }

    private TokenException refused(int status, JsonNode json) {
        String error = json.path("error").asText("");
        if (status == 401 || error.equals("invalid_client")) {
            return failed(
                    new TokenFailure.WrongCredentials(),
                    " refused the client id or client secret (HTTP " + status
                            + "): copy both again from the app's page in the Zoom Marketplace");
        }
        if (error.equals("invalid_request")
                || error.equals("invalid_grant")
                || error.equals("unauthorized_client")
                || error.equals("unsupported_grant_type")) {
            String remedy = client.accountId().isPresent()
                    ? " refused the account id (HTTP " + status + " " + error
                            + "): copy it again from the app's page in the Zoom Marketplace, or leave it out if the app is"
                            + " not a Server-to-Server app"
                    : " refused a request without account id (HTTP " + status + " " + error
                            + "): set the account id if the app is a Server-to-Server app";
            return failed(new TokenFailure.WrongAccount(), remedy);
        }
        return nonsense(" answered HTTP " + status);
    }

    private TokenException rateLimited(HttpHeaders headers) {
        Optional<Duration> wait =
                headers.firstValue("Retry-After").flatMap(header -> RetryAfter.parse(header, askedAt));
        return failed(
                new TokenFailure.RateLimited(wait),
                " asks to be left alone (HTTP 429)"
                        + wait.map(w -> " for " + w.toSeconds() + " s").orElse(""));
    }

    /** Jackson's exceptions quote what they could not read, which may be a token: none is passed on. */
    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private TokenException nonsense(String what) {
        return failed(
                new TokenFailure.Nonsense(),
                what + ": this is not how Zoom answers, so check the token-url and any proxy in between");
    }

    private TokenException failed(TokenFailure failure, String what) {
        return new TokenException(failure, "The token endpoint " + client.endpoint() + what);
    }
}
