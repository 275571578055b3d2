package io.zoomws.auth;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * SOCKS version 5 (RFC 1928) with user name and password (RFC 1929).
 *
 * <pre>
 *   METHOD ──no credentials wanted──────────▶ REPLY ──address──▶ OPEN
 *      └──user name wanted──▶ LOGIN ──accepted──▶┘
 * </pre>
 */
final class Socks5Dialogue implements ProxyDialogue {

    private enum State {
        METHOD(2),
        LOGIN(2),
        /** The length of the address is known only from the fifth byte on. */
        REPLY(5),
        ADDRESS(0),
        OPEN(0);

        private final int bytes;

        State(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final byte[] NOTHING = {};
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int USER_NAME = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final Proxy proxy;
    private final String host;
    private final int port;
    private final int[] received = new int[5];
    private State state = State.METHOD;
    private int count;
    private int skip;

    Socks5Dialogue(Proxy proxy, String host, int port) {
        this.proxy = proxy;
        this.host = host;
        this.port = port;
    }

    @Override
    public byte[] greeting() {
        return proxy.credentials().isPresent()
                ? new byte[] {VERSION, 2, NO_LOGIN, USER_NAME}
                : new byte[] {VERSION, 1, NO_LOGIN};
    }

    @Override
    public byte[] receive(int next) throws ProxyException {
        if (state == State.ADDRESS) {
            skip--;
            if (skip == 0) {
                state = State.OPEN;
            }
            return NOTHING;
        }
        received[count++] = next;
        if (received[0] != (state == State.LOGIN ? LOGIN_VERSION : VERSION)) {
            throw ProxyException.noProxy(proxy);
        }
        // A refusal may end after its code.
        if (state == State.REPLY && count == 2 && next != 0) {
            throw ProxyException.socksReply(proxy, next);
        }
        if (count < state.bytes) {
            return NOTHING;
        }
        count = 0;
        return switch (state) {
            case METHOD -> method(received[1]);
            case LOGIN -> loggedIn(received[1]);
            case REPLY -> address();
            case ADDRESS, OPEN -> NOTHING;
        };
    }

    private byte[] method(int chosen) throws ProxyException {
        Optional<Proxy.Credentials> credentials = proxy.credentials();
        if (chosen == NO_LOGIN) {
            return connect();
        }
        if (chosen != USER_NAME || credentials.isEmpty()) {
            throw ProxyException.socksCredentials(proxy);
        }
        state = State.LOGIN;
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(LOGIN_VERSION);
        withLength(login, credentials.get().user());
        withLength(login, credentials.get().password().reveal());
        return login.toByteArray();
    }

    private static void withLength(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private byte[] loggedIn(int status) throws ProxyException {
        if (status != 0) {
            throw ProxyException.socksCredentials(proxy);
        }
        return connect();
    }

    private byte[] connect() {
        state = State.REPLY;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {VERSION, CONNECT, 0});
        Optional<byte[]> address = literal();
        if (address.isPresent()) {
            request.write(address.get().length == 4 ? IPV4 : IPV6);
            request.writeBytes(address.get());
        } else {
            request.write(NAME);
            withLength(request, host);
        }
        request.write(port >> 8);
        request.write(port);
        return request.toByteArray();
    }

    /** Never a look-up: only what is written as an address is taken for one. */
    private Optional<byte[]> literal() {
        if (!host.startsWith("[") && !host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private byte[] address() throws ProxyException {
        int portBytes = 2;
        skip = portBytes
                + switch (received[3]) {
                    case IPV4 -> 4 - 1;
                    case IPV6 -> 16 - 1;
                    case NAME -> received[4];
                    default -> throw ProxyException.noProxy(proxy);
                };
        state = State.ADDRESS;
        return NOTHING;
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }
}
