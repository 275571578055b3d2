package io.zoomws.server.config;

import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.auth.TrustedCertificates;
import io.zoomws.core.Renewal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how Zoom is reached and connections are kept alive. */
final class ConnectionReader {

    private final Layers layers;
    private final SettingsReader reader;

    ConnectionReader(Layers layers, SettingsReader reader) {
        this.layers = layers;
        this.reader = reader;
    }

    Settings.Connection read() {
        int before = reader.problems().size();
        // Zoom's documentation asks for a heartbeat every 30 s; nobody knows how much later it cuts.
        Duration heartbeat = duration(Key.HEARTBEAT);
        Duration timeout = duration(Key.HEARTBEAT_TIMEOUT);
        if (reader.problems().size() == before && timeout.compareTo(heartbeat) >= 0) {
            reader.problem(
                    Key.HEARTBEAT_TIMEOUT.plain(),
                    "must be less than " + Key.HEARTBEAT.plain() + ", which is " + heartbeat.toMillis() + "ms");
        }
        return new Settings.Connection(
                heartbeat,
                timeout,
                reader.parsed(
                        Key.RENEWAL.plain(),
                        Key.RENEWAL.standard(),
                        ConnectionReader::renewal,
                        Renewal.MAKE_BEFORE_BREAK),
                duration(Key.CONNECT_TIMEOUT),
                duration(Key.LONGEST_BACK_OFF),
                reader.parsed(
                        Key.MAX_FRAME.plain(),
                        Key.MAX_FRAME.standard(),
                        text -> (int) Key.MAX_FRAME.allowed().bytes(text),
                        1),
                allowsInsecure(),
                new Transport(trusted(), proxy()));
    }

    boolean allowsInsecure() {
        return reader.parsed(Key.ALLOW_INSECURE.plain(), Key.ALLOW_INSECURE.standard(), HttpReader::flag, false);
    }

    private Duration duration(Key key) {
        return reader.parsed(key.plain(), key.standard(), key.allowed()::duration, Duration.ZERO);
    }

    private static Renewal renewal(String text) {
        return switch (text) {
            case "make-before-break" -> Renewal.MAKE_BEFORE_BREAK;
            case "on-close" -> Renewal.ON_CLOSE;
            default -> throw new IllegalArgumentException("'" + text + "' is neither make-before-break nor on-close");
        };
    }

    private Optional<TrustedCertificates> trusted() {
        return reader.parsed(
                Key.CA_FILE.plain(),
                "",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(TrustedCertificates.read(Path.of(text))),
                Optional.empty());
    }

    private Optional<Proxy> proxy() {
        Optional<Proxy> proxy = reader.parsed(
                Key.PROXY.plain(),
                "",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(Proxy.parse(text)),
                Optional.empty());
        if (layers.value(Key.PROXY.plain()).isEmpty()) {
            for (Key key : List.of(Key.PROXY_USER, Key.PROXY_PASSWORD, Key.PROXY_PASSWORD_FILE)) {
                if (layers.value(key.plain()).isPresent()) {
                    reader.problem(key.plain(), "is of no use without " + Key.PROXY.plain());
                }
            }
            return proxy;
        }
        Optional<Proxy.Credentials> credentials = credentials();
        return credentials.isEmpty() ? proxy : proxy.map(p -> p.withCredentials(credentials.get()));
    }

    private Optional<Proxy.Credentials> credentials() {
        Optional<String> user = reader.text(Key.PROXY_USER.plain());
        boolean hasPassword = layers.value(Key.PROXY_PASSWORD.plain()).isPresent()
                || layers.value(Key.PROXY_PASSWORD_FILE.plain()).isPresent();
        Optional<Secret> password = password();
        if (user.isPresent() && !hasPassword) {
            reader.problem(
                    Key.PROXY_USER.plain(),
                    "needs a password: set " + Key.PROXY_PASSWORD.plain() + " or " + Key.PROXY_PASSWORD_FILE.plain());
        } else if (hasPassword && layers.value(Key.PROXY_USER.plain()).isEmpty()) {
            Key set =
                    layers.value(Key.PROXY_PASSWORD.plain()).isPresent() ? Key.PROXY_PASSWORD : Key.PROXY_PASSWORD_FILE;
            reader.problem(set.plain(), "needs a user name: set " + Key.PROXY_USER.plain());
        }
        if (user.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Proxy.Credentials(user.get(), password.get()));
        } catch (IllegalArgumentException e) {
            reader.problem(Key.PROXY_USER.plain(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Secret> password() {
        Optional<String> file = reader.text(Key.PROXY_PASSWORD_FILE.plain());
        if (file.isEmpty()) {
            return reader.text(Key.PROXY_PASSWORD.plain()).map(Secret::of);
        }
        if (layers.value(Key.PROXY_PASSWORD.plain()).isPresent()) {
            reader.problem(Key.PROXY_PASSWORD_FILE.plain(), "proxy-password is set too: use one of the two");
        }
        return SecretFile.read(reader, Key.PROXY_PASSWORD_FILE.plain(), file.get(), "proxy's password");
    }
}
