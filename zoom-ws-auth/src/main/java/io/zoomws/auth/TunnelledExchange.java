package io.zoomws.auth;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Through a proxy: one connection for one request, on a thread of its own.
 *
 * <p>The JDK's clients do not do. {@code HttpClient} speaks no SOCKS; to an HTTP proxy it sends credentials only if
 * {@code jdk.http.auth.tunneling.disabledSchemes} is changed, for the whole process and before its first use; and it passes
 * a proxy's refusal off as the endpoint's. Credentials for SOCKS can be given to the JDK by the {@code Authenticator} of the
 * whole process only. Hence {@link ProxyDialogue} on a plain socket, the JDK's TLS on top of it, and as much HTTP as one
 * request needs ({@link HttpAnswerReader}). Nothing outside this object is changed.
 */
final class TunnelledExchange implements TokenExchange {

    private static final int MOST_WAITING = 4;

    private final TokenRequest request;
    private final SocketWay way;
    // A name server or proxy that hangs keeps at most a few others waiting, which then fail.
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 2, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), TunnelledExchange::thread);

    TunnelledExchange(TokenRequest request, Transport transport, Duration timeLimit) {
        this.request = request;
        this.way = new SocketWay(transport, request.url().getHost(), request.port(), timeLimit);
        this.thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "zoom-ws-token");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<Answer> send() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        // Not by the socket settings of the whole process, -DsocksProxyHost and others.
        Socket socket = new Socket(java.net.Proxy.NO_PROXY);
        CompletableFuture<?> unused = answer.whenComplete((done, failure) -> close(socket));
        try {
            thread.execute(() -> exchange(socket, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new SocketTimeoutException("earlier requests are still under way"));
        }
        return answer;
    }

    private void exchange(Socket socket, CompletableFuture<Answer> answer) {
        try {
            if (!answer.isDone()) {
                answer.complete(ask(socket));
            }
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Its closing is how a waiting thread is called back. */
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is let go of all the same, and its last word is known.
            return;
        }
    }

    private Answer ask(Socket socket) throws IOException {
        way.connect(socket);
        way.openTunnel(socket);
        Socket end = request.isEncrypted() ? way.encrypt(socket) : socket;
        end.getOutputStream().write(head());
        return new HttpAnswerReader(new BufferedInputStream(end.getInputStream())).read();
    }

    private byte[] head() {
        URI url = request.url();
        StringBuilder head = new StringBuilder("POST ")
                .append(url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nConnection: close\r\n");
        String[] headers = request.headers();
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        byte[] form = request.form().getBytes(StandardCharsets.UTF_8);
        head.append("Content-Length: ").append(form.length).append("\r\n\r\n").append(request.form());
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }
}
