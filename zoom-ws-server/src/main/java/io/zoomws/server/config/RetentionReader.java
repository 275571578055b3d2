package io.zoomws.server.config;

import io.zoomws.journal.RetentionPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads how much of the journals is kept. Everything, unless something is said. */
final class RetentionReader {

    private final SettingsReader reader;

    RetentionReader(SettingsReader reader) {
        this.reader = reader;
    }

    RetentionPolicy read() {
        return new RetentionPolicy(
                age(Key.RETENTION_MAX_AGE), size(Key.RETENTION_MAX_SIZE), size(Key.RETENTION_KEEP_FREE));
    }

    private Optional<Duration> age(Key key) {
        return reader.<Optional<Duration>>parsed(
                key.plain(),
                key.standard(),
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(key.allowed().duration(text)),
                Optional.empty());
    }

    private OptionalLong size(Key key) {
        return reader.parsed(
                key.plain(),
                key.standard(),
                text -> text.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(key.allowed().bytes(text)),
                OptionalLong.empty());
    }
}
