package io.zoomws.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client by somebody else: the JDK's own HTTP and WebSocket. */
final class TestClient {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ZoomSimulator zoom;

    TestClient(ZoomSimulator zoom) {
        this.zoom = zoom;
    }

    HttpResponse<String> token(String query, String form, String clientId, String clientSecret) throws Exception {
        return HTTP.send(tokenRequest(query, form, clientId, clientSecret), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest tokenRequest(String query, String form, String clientId, String clientSecret) {
        String basic =
                Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(zoom.tokenUrl() + query))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    HttpResponse<String> askForToken() throws Exception {
        return HTTP.send(wellFormedTokenRequest(), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for a token and does not wait. */
    CompletableFuture<HttpResponse<String>> asking() {
        return HTTP.sendAsync(wellFormedTokenRequest(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest wellFormedTokenRequest() {
        return tokenRequest(
                "",
                "grant_type=client_credentials",
                zoom.settings().clientId(),
                zoom.settings().clientSecret());
    }

    String token() throws Exception {
        return JSON.readTree(askForToken().body()).get("access_token").asText();
    }

    Socket connect(String token) throws Exception {
        return open("?subscriptionId=" + zoom.settings().subscriptionId() + "&access_token=" + token);
    }

    /** Connects and reads that the client is accepted. */
    Socket ready() throws Exception {
        Socket socket = connect(token());
        String first = socket.next();
        if (!first.equals(Frames.ACCEPTED)) {
            throw new AssertionError("not accepted: " + first);
        }
        return socket;
    }

    Socket open(String query) throws Exception {
        Socket socket = new Socket();
        socket.webSocket = opening(query, socket).get(60, TimeUnit.SECONDS);
        return socket;
    }

    CompletableFuture<WebSocket> opening(String query, Socket socket) {
        return HTTP.newWebSocketBuilder().buildAsync(URI.create(zoom.webSocketUrl() + query), socket);
    }

    JsonNode stats() throws Exception {
        return JSON.readTree(get("/stats").body());
    }

    HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(zoom.tokenUrl().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(zoom.tokenUrl().resolve(path)).DELETE().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(zoom.tokenUrl().resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Collects what arrives, as text: frames, then {@code close CODE REASON}. */
    static final class Socket implements WebSocket.Listener {

        private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private int binaryBytes;
        private WebSocket webSocket;

        String next() throws InterruptedException {
            String frame = arrived.poll(60, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing arrived within 60 s");
            }
            return frame;
        }

        void send(String text) throws Exception {
            webSocket.sendText(text, true).get(60, TimeUnit.SECONDS);
        }

        void sendPart(String text, boolean last) throws Exception {
            webSocket.sendText(text, last).get(60, TimeUnit.SECONDS);
        }

        void ping() throws Exception {
            webSocket.sendPing(java.nio.ByteBuffer.wrap(new byte[] {1})).get(60, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                arrived.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, java.nio.ByteBuffer message) {
            arrived.add("pong");
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket socket, java.nio.ByteBuffer message) {
            arrived.add("ping");
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, java.nio.ByteBuffer data, boolean last) {
            binaryBytes += data.remaining();
            if (last) {
                arrived.add("binary " + binaryBytes);
                binaryBytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            arrived.add("error");
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            arrived.add("close " + code + " " + reason);
            return null;
        }
    }
}
