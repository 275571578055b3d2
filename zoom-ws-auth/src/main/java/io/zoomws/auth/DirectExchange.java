package io.zoomws.auth;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Without a proxy: by the JDK's client. */
final class DirectExchange implements TokenExchange {

    private final HttpClient http;
    private final HttpRequest request;

    DirectExchange(TokenRequest request, Transport transport, Duration timeLimit) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(Tls.context(transport))
                .sslParameters(Tls.parameters())
                .connectTimeout(timeLimit)
                .build();
        this.request = HttpRequest.newBuilder(request.url())
                .headers(request.headers())
                .POST(HttpRequest.BodyPublishers.ofString(request.form()))
                .build();
    }

    @Override
    public CompletableFuture<Answer> send() {
        CompletableFuture<HttpResponse<Optional<byte[]>>> sent =
                http.sendAsync(request, response -> new BoundedBody(OAuthTokenSource.BODY_LIMIT_BYTES));
        CompletableFuture<Answer> answer =
                sent.thenApply(response -> new Answer(response.statusCode(), response.headers(), response.body()));
        // Ends an exchange that drips on beyond the limit; does nothing to one that has ended.
        CompletableFuture<?> unused = answer.whenComplete((done, failure) -> sent.cancel(true));
        return answer;
    }
}
