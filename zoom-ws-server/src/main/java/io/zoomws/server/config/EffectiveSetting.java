package io.zoomws.server.config;

import java.util.Optional;
import java.util.stream.Collectors;

/** What one key is in the end, and where that was said. Holds what may be a secret, and never shows it. */
public final class EffectiveSetting {

    private static final String HIDDEN = "***";

    private final String key;
    private final String written;
    private final String origin;
    private final Reload reload;
    private final boolean secret;

    private EffectiveSetting(String key, String written, String origin, Reload reload, boolean secret) {
        this.key = key;
        this.written = written;
        this.origin = origin;
        this.reload = reload;
        this.secret = secret;
    }

    /**
     * Of one of our keys.
     *
     * @param key with the name in place of the star
     * @param written the value; empty if there is none
     * @param origin where it was set; empty if it is as nothing was said
     */
    static EffectiveSetting of(Key declared, String key, String written, String origin) {
        return new EffectiveSetting(
                key, written, origin, declared.reload(), declared.allowed().isSecret());
    }

    /** Of a key that belongs to a plugin: which of them are secrets only the plugin knows. */
    static EffectiveSetting ofPlugin(String key, String written, String origin) {
        return new EffectiveSetting(key, written, origin, Reload.INSTANCE, true);
    }

    /**
     * Which key.
     *
     * @return the whole key
     */
    public String key() {
        return key;
    }

    /**
     * Its value, as it may be seen.
     *
     * @return as it was written; stars for what is or may be a secret; empty if there is none
     */
    public Optional<String> value() {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(secret ? HIDDEN : withoutProperties(written));
    }

    /**
     * Where it was set.
     *
     * @return such as {@code zoom-ws.yaml:7}; empty if it is as it is when nothing is said
     */
    public Optional<String> origin() {
        return origin.isEmpty() ? Optional.empty() : Optional.of(origin);
    }

    Reload reload() {
        return reload;
    }

    boolean hasValueOf(EffectiveSetting other) {
        return written.equals(other.written);
    }

    /** A system property among the options of a JVM may be a password. */
    private static String withoutProperties(String written) {
        if (!written.contains("-D")) {
            return written;
        }
        return CommaList.split(written).stream()
                .map(option -> option.startsWith("-D") ? option.replaceFirst("=.*", "=" + HIDDEN) : option)
                .collect(Collectors.joining(", "));
    }

    /** Key and value as they may be seen, for a log. */
    @Override
    public String toString() {
        return key + " = " + value().orElse("(none)")
                + origin().map(from -> " (" + from + ")").orElse("");
    }
}
