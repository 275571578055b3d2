package io.zoomws.auth;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON documents to an address that is a secret, as those of incoming webhooks are. By the way that tokens go: TLS with
 * verified names, no redirect, a bounded answer, the proxy and the certificates of the settings. Nothing of the address is in any
 * message. Methods may be called by any thread.
 */
public final class JsonPost {

    private final URI url;
    private final Transport transport;
    private final Duration timeLimit;
    private final String setting;

    /**
     * Prepares for an address; nothing is sent yet.
     *
     * @param address {@code https://…}, or {@code http://…} to this machine
     * @param transport the way there; one to this machine goes straight
     * @param timeLimit for everything, from opening the connection to the end of the answer
     * @param setting that holds the address, for messages
     * @throws IllegalArgumentException if it is no such address; the message does not repeat it
     */
    public JsonPost(Secret address, Transport transport, Duration timeLimit, String setting) {
        this.url = parse(address.reveal());
        this.transport =
                Loopback.names(url.getHost()) ? new Transport(transport.trusted(), Optional.empty()) : transport;
        this.timeLimit = timeLimit;
        this.setting = setting;
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = "http".equalsIgnoreCase(uri.getScheme());
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && (encrypted || (plain && Loopback.names(uri.getHost())))) {
                return uri;
            }
        } catch (URISyntaxException notRepeated) {
            throw unusable();
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "this address cannot be used: https://host/path is allowed, and http:// to this machine only");
    }

    /**
     * Sends one document and waits for the answer.
     *
     * @param json the document
     * @throws IOException if the answer is not a success, or none came; its message names the kind of trouble only
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void send(String json) throws IOException, InterruptedException {
        CompletableFuture<TokenExchange.Answer> answer = TokenExchange.of(
                        TokenRequest.ofJson(url, json), transport, timeLimit)
                .send();
        try {
            int status = answer.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS).status();
            if (status < 200 || status > 299) {
                throw new IOException("the address that " + setting + " names answered HTTP " + status);
            }
        } catch (ExecutionException | TimeoutException e) {
            // No cause: what the client throws may quote the address.
            throw new IOException("the address that " + setting + " names"
                    + ExchangeFailure.words(e, timeLimit, transport.proxy(), setting));
        } finally {
            answer.cancel(true);
        }
    }
}
