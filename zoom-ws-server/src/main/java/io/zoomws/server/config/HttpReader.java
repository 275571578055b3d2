package io.zoomws.server.config;

import io.zoomws.server.access.HttpAccess;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads where the server tells how it is. Nobody but this machine is told without more, unless the user says that this is meant. */
final class HttpReader {

    /** What {@link InetAddress} takes as an address and never as a name to be looked up. */
    private static final Pattern NUMERIC = Pattern.compile(
            "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9]+)?");

    private static final int HIGHEST_PORT = 65_535;

    private final SettingsReader reader;

    HttpReader(SettingsReader reader) {
        this.reader = reader;
    }

    Settings.Http read() {
        boolean enabled = flag(Key.HTTP_ENABLED);
        InetAddress address = reader.parsed(
                Key.HTTP_ADDRESS.plain(),
                Key.HTTP_ADDRESS.standard(),
                HttpReader::address,
                InetAddress.getLoopbackAddress());
        int port = reader.parsed(Key.HTTP_PORT.plain(), Key.HTTP_PORT.standard(), HttpReader::port, 0);
        int before = reader.problems().size();
        HttpAccess access = new AccessReader(reader).read(flag(Key.HTTP_INSECURE));
        boolean safe = address.isLoopbackAddress()
                || access.insecure()
                || (!access.tokens().isEmpty() && access.tls().isPresent());
        if (enabled && !safe && reader.problems().size() == before) {
            reader.problem(
                    Key.HTTP_ADDRESS.plain(),
                    "'" + address.getHostAddress() + "' can be reached from other machines, and so needs a token ("
                            + Key.HTTP_READ_TOKEN_FILE.plain() + " or " + Key.HTTP_OPERATE_TOKEN_FILE.plain()
                            + ") and TLS (" + Key.HTTP_CERTIFICATE.plain() + " and " + Key.HTTP_KEY.plain()
                            + "): set those, use 127.0.0.1, ::1 or localhost, or set " + Key.HTTP_INSECURE.plain()
                            + ": true if whoever reaches it may read the status");
        }
        return new Settings.Http(enabled, address, port, access);
    }

    private boolean flag(Key key) {
        return reader.parsed(key.plain(), key.standard(), HttpReader::flag, false);
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : HIGHEST_PORT + 1;
        if (port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no port: use a number from 0 (any free one) to " + HIGHEST_PORT);
        }
        return port;
    }

    private static InetAddress address(String text) {
        if (text.equals("localhost")) {
            return InetAddress.getLoopbackAddress();
        }
        String allowed =
                "'" + text + "' is no address: use an IP address of this machine such as 127.0.0.1, or localhost";
        try {
            if (NUMERIC.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(allowed, e);
        }
        throw new IllegalArgumentException(allowed);
    }
}
