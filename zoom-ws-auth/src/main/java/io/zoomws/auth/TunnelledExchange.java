package io.zoomws.auth;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

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
    private final Proxy proxy;
    private final SSLContext tls;
    private final Duration timeLimit;
    // A name server or proxy that hangs keeps at most a few others waiting, which then fail.
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 2, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), TunnelledExchange::thread);

    TunnelledExchange(TokenRequest request, Transport transport, Proxy proxy, Duration timeLimit) {
        this.request = request;
        this.proxy = proxy;
        this.tls = Tls.context(transport);
        this.timeLimit = timeLimit;
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
        connect(socket);
        openTunnel(socket);
        Socket end = socket;
        if (request.isEncrypted()) {
            SSLSocket encrypted =
                    (SSLSocket) tls.getSocketFactory().createSocket(socket, hostName(), request.port(), true);
            encrypted.setSSLParameters(parameters(encrypted));
            encrypted.startHandshake();
            end = encrypted;
        }
        end.getOutputStream().write(head());
        return new HttpAnswerReader(new BufferedInputStream(end.getInputStream())).read();
    }

    private void connect(Socket socket) throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, timeLimit.toMillis());
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        if (address.isUnresolved()) {
            throw ProxyException.unknownHost(proxy);
        }
        socket.setTcpNoDelay(true);
        try {
            socket.connect(address, millis);
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
            throw ProxyException.unreachable(proxy);
        }
    }

    private void openTunnel(Socket socket) throws IOException {
        ProxyDialogue dialogue = ProxyDialogue.with(proxy, request.url().getHost(), request.port());
        try {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(dialogue.greeting());
            while (!dialogue.isOpen()) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                out.write(dialogue.receive(next));
            }
        } catch (ProxyException e) {
            throw e;
        } catch (IOException e) {
            throw ProxyException.brokenOff(proxy);
        }
    }

    private static SSLParameters parameters(SSLSocket socket) {
        SSLParameters parameters = Tls.parameters();
        parameters.setServerNames(socket.getSSLParameters().getServerNames());
        return parameters;
    }

    private String hostName() {
        String host = request.url().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
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
