package io.zoomws.server.plugins;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a plugin instance as they are written in the configuration, expanded and not yet checked: what they mean,
 * only the plugin knows.
 *
 * @param section key of the section they are in, such as {@code zoomws.plugins.mail.settings}
 * @param values by name, such as {@code reply-to}, in the order in which they are told
 */
public record RawSettings(String section, Map<String, Value> values) {

    /** Takes a copy. */
    public RawSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * What is set under one name. It may be a password, so it does not show itself.
     *
     * @param text as written; a list is joined by commas, see {@link io.zoomws.server.config.CommaList}; empty: it is
     *     mentioned, and nothing is set
     * @param list whether it is written as a list of several lines or in brackets
     * @param origin where it is set, such as {@code zoom-ws.yaml:7}
     */
    public record Value(String text, boolean list, String origin) {
        @Override
        public String toString() {
            return "*** (set in " + origin + ")";
        }
    }

    /**
     * Of an instance for which nothing is set.
     *
     * @param instance its name
     * @return no values
     */
    public static RawSettings none(String instance) {
        return new RawSettings("zoomws.plugins." + instance + ".settings", Map.of());
    }

    /** The whole key of a setting. */
    String key(String name) {
        return section + "." + name;
    }

    /** Names only. */
    @Override
    public String toString() {
        return section + values.keySet();
    }
}
