package io.zoomws.server.config;

import io.zoomws.auth.JsonPost;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.server.alert.AlertKind;
import io.zoomws.server.alert.AlertSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who is told when something is wrong. Nobody, unless a command or an address is named. */
final class AlertReader {

    private final Layers layers;
    private final SettingsReader reader;

    AlertReader(Layers layers, SettingsReader reader) {
        this.layers = layers;
        this.reader = reader;
    }

    AlertSettings read() {
        List<String> command = reader.list(Key.ALERT_COMMAND.plain());
        Duration timeLimit = duration(Key.ALERT_TIMEOUT);
        Optional<Secret> url = url(timeLimit);
        if (!command.isEmpty() && url.isPresent()) {
            reader.problem(Key.ALERT_COMMAND.plain(), "an address is set too: use one of the two");
        }
        return new AlertSettings(command, url, kinds(), duration(Key.ALERT_GAP), duration(Key.ALERT_REPEAT), timeLimit);
    }

    private Duration duration(Key key) {
        return reader.parsed(key.plain(), key.standard(), key.allowed()::duration, Durations.parse(key.standard()));
    }

    private Set<AlertKind> kinds() {
        return reader.<Set<AlertKind>>parsed(
                Key.ALERT_ON.plain(),
                Key.ALERT_ON.standard(),
                text -> {
                    Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
                    CommaList.split(text).forEach(label -> kinds.add(AlertKind.of(label)));
                    return kinds;
                },
                Set.of());
    }

    private Optional<Secret> url(Duration timeLimit) {
        String key = Key.ALERT_URL.plain();
        Optional<Secret> url = reader.text(key).map(Secret::of);
        Optional<String> file = reader.text(Key.ALERT_URL_FILE.plain());
        if (file.isPresent()) {
            if (layers.value(key).isPresent()) {
                reader.problem(Key.ALERT_URL_FILE.plain(), "url is set too: use one of the two");
            }
            key = Key.ALERT_URL_FILE.plain();
            url = SecretFile.read(reader, key, file.get(), "address to post to");
        }
        return usable(key, url, timeLimit);
    }

    /** Found here, not when the first alert is due. */
    private Optional<Secret> usable(String key, Optional<Secret> url, Duration timeLimit) {
        try {
            url.ifPresent(address -> new JsonPost(address, Transport.DIRECT, timeLimit, key));
            return url;
        } catch (IllegalArgumentException e) {
            reader.problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
