package io.zoomws.cameltests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that is away at first, never takes one event, and tells repeats by their key. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final String never;
    private final AtomicInteger away;
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();

    private Receiver(HttpServer server, String never, int away) {
        this.server = server;
        this.never = never;
        this.away = new AtomicInteger(away);
    }

    /** Begins to answer: 503 so many times, 422 to one event always, else 200. */
    static Receiver start(String never, int away) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Receiver receiver = new Receiver(server, never, away);
        server.createContext("/", receiver::answer);
        server.start();
        return receiver;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status(body, exchange.getRequestHeaders().getFirst("Idempotency-Key")), -1);
        exchange.close();
    }

    private int status(String body, String key) {
        if (away.getAndDecrement() > 0) {
            return 503;
        }
        if (body.equals(never)) {
            return 422;
        }
        if (taken.putIfAbsent(key, body) == null) {
            order.add(body);
        }
        return 200;
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/zoom";
    }

    /** What was taken, each once, in the order in which it came first. */
    List<String> taken() {
        return List.copyOf(order);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
