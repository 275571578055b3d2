package io.zoomws.auth;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on plain sockets: HTTP CONNECT, or SOCKS5 as RFC 1928 and 1929 have it. To it every host but one is this
 * machine; so a name that no name server knows shows who looks it up.
 */
final class TestProxy implements AutoCloseable {

    /** User name and password that it asks for. */
    static final String USER = "proxy-user";

    static final String PASSWORD = "hush/pässword";

    /** The one host that it does not find. */
    static final String UNKNOWN = "token.invalid";

    private final ServerSocket server;
    private final Thread acceptor;
    private final Proxy.Kind kind;
    private final boolean login;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> targets = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream(); // synchronized by itself
    private volatile byte @Nullable [] insteadOfGreeting;
    private volatile byte @Nullable [] insteadOfTunnel;

    TestProxy(Proxy.Kind kind, boolean login) throws IOException {
        this.kind = kind;
        this.login = login;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.acceptor = daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The proxy as a client knows it that knows no password. */
    Proxy anonymous() {
        return new Proxy(kind, "127.0.0.1", port(), Optional.empty());
    }

    /** The proxy as a client knows it that may use it. */
    Proxy settings() {
        return login ? anonymous().withCredentials(new Proxy.Credentials(USER, Secret.of(PASSWORD))) : anonymous();
    }

    /** To be sent in answer to the first byte, before an end. */
    void answerGreeting(byte[] bytes) {
        insteadOfGreeting = bytes;
    }

    /** To be sent when the tunnel is asked for, before an end. */
    void answerInsteadOfTunnel(byte[] bytes) {
        insteadOfTunnel = bytes;
    }

    /** Where clients wanted to go. */
    List<String> targets() {
        return List.copyOf(targets);
    }

    /** Every byte that came from clients. */
    String seen() {
        return seen.toString(StandardCharsets.ISO_8859_1);
    }

    /** Ends all connections of now, tunnels too. */
    void cut() throws IOException {
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }

    /** The port is free only when nobody waits at it any more: until then it still takes connections. */
    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        acceptor.join();
        cut();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread unused = daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(recorded(client.getInputStream()));
            byte[] greeting = insteadOfGreeting;
            if (greeting != null) {
                in.read();
                client.getOutputStream().write(greeting);
                return;
            }
            if (kind == Proxy.Kind.HTTP) {
                connect(client, in);
            } else {
                socks(client, in);
            }
        } catch (IOException e) {
            // The client has gone, which is what some tests are about.
            sockets.remove(client);
        }
    }

    private InputStream recorded(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int next = in.read();
                if (next >= 0) {
                    seen.write(next);
                }
                return next;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    seen.write(bytes, offset, count);
                }
                return count;
            }
        };
    }

    private void connect(Socket client, DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String authorization =
                Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        if (login && head.indexOf("\r\nProxy-Authorization: Basic " + authorization + "\r\n") < 0) {
            out.write("HTTP/1.1 407 Tell me\r\nProxy-Authenticate: Basic realm=\"canary\"\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return;
        }
        String authority = head.toString().split(" ", -1)[1];
        int colon = authority.lastIndexOf(':');
        Optional<Socket> far =
                open(client, authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
        if (far.isPresent()) {
            out.write("HTTP/1.1 200 Go on\r\nVia: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            relay(client, in, far.get());
        } else if (insteadOfTunnel == null) {
            out.write("HTTP/1.1 502 Bad canary\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void socks(Socket client, DataInputStream in) throws IOException {
        OutputStream out = client.getOutputStream();
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        byte wanted = (byte) (login ? 2 : 0);
        if (new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) < 0) {
            out.write(new byte[] {5, (byte) 0xff});
            return;
        }
        out.write(new byte[] {5, wanted});
        if (login) {
            in.readUnsignedByte();
            String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            boolean right = user.equals(USER) && password.equals(PASSWORD);
            out.write(new byte[] {1, (byte) (right ? 0 : 1)});
            if (!right) {
                return;
            }
        }
        in.readNBytes(3);
        String host =
                switch (in.readUnsignedByte()) {
                    case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
                    case 3 -> new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
                    default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
                };
        Optional<Socket> far = open(client, host, in.readUnsignedShort());
        if (far.isPresent()) {
            out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
            relay(client, in, far.get());
        } else if (insteadOfTunnel == null) {
            out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
        }
    }

    private Optional<Socket> open(Socket client, String host, int port) throws IOException {
        targets.add(host + ":" + port);
        byte[] instead = insteadOfTunnel;
        if (instead != null) {
            client.getOutputStream().write(instead);
            return Optional.empty();
        }
        if (host.equals(UNKNOWN)) {
            return Optional.empty();
        }
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(far);
            return Optional.of(far);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void relay(Socket client, InputStream in, Socket far) throws IOException {
        try (far) {
            Thread unused = daemon(() -> {
                try (client) {
                    far.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    return; // one side has gone
                }
            });
            in.transferTo(far.getOutputStream());
        }
    }
}
