package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import io.zoomws.server.access.AccessTokens;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.access.TlsIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who may ask over HTTP. */
final class AccessReader {

    /** What fits into a header, and is more than anybody guesses. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{20,500}");

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    private final SettingsReader reader;

    AccessReader(SettingsReader reader) {
        this.reader = reader;
    }

    HttpAccess read(boolean insecure) {
        Optional<Secret> read = token(Key.HTTP_READ_TOKEN, Key.HTTP_READ_TOKEN_FILE);
        Optional<Secret> operate = token(Key.HTTP_OPERATE_TOKEN, Key.HTTP_OPERATE_TOKEN_FILE);
        if (read.isPresent() && read.equals(operate)) {
            reader.problem(
                    Key.HTTP_READ_TOKEN.plain(),
                    "is the token for operating as well: whoever may read could do everything; use two");
        }
        return new HttpAccess(new AccessTokens(read, operate), tls(), hostNames(), insecure);
    }

    private Optional<Secret> token(Key key, Key fileKey) {
        Optional<String> file = reader.text(fileKey.plain());
        Optional<String> text = reader.text(key.plain());
        if (file.isPresent() && text.isPresent()) {
            reader.problem(fileKey.plain(), key.plain() + " is set too: use one of the two");
        }
        Optional<Secret> token =
                file.isPresent() ? SecretFile.read(reader, fileKey.plain(), file.get(), "token") : text.map(Secret::of);
        if (token.isPresent() && !TOKEN.matcher(token.get().reveal()).matches()) {
            reader.problem(
                    file.isPresent() ? fileKey.plain() : key.plain(),
                    "a token is 20 to 500 characters of ASCII without blanks; 'openssl rand -hex 32' makes one");
        }
        return token;
    }

    private Optional<TlsIdentity> tls() {
        Optional<String> certificate = reader.text(Key.HTTP_CERTIFICATE.plain());
        Optional<String> key = reader.text(Key.HTTP_KEY.plain());
        if (certificate.isPresent() != key.isPresent()) {
            Key set = certificate.isPresent() ? Key.HTTP_CERTIFICATE : Key.HTTP_KEY;
            Key missing = certificate.isPresent() ? Key.HTTP_KEY : Key.HTTP_CERTIFICATE;
            reader.problem(set.plain(), "is of no use without " + missing.plain());
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return reader.parsed(
                Key.HTTP_CERTIFICATE.plain(),
                "",
                text -> Optional.of(TlsIdentity.read(Path.of(text), Path.of(key.get()))),
                Optional.empty());
    }

    private List<String> hostNames() {
        List<String> names = reader.list(Key.HTTP_HOST_NAMES.plain());
        for (String name : names) {
            if (!HOST_NAME.matcher(name).matches()) {
                reader.problem(
                        Key.HTTP_HOST_NAMES.plain(),
                        "'" + name + "' is no host name: use one such as zoom-ws.example.org, without port or path");
            }
        }
        return names;
    }
}
