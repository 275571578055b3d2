package io.zoomws.server.config;

import java.util.List;

/**
 * A configuration that was read and has no mistakes.
 *
 * @param settings what a server is to do
 * @param effective the same, key by key, as an operator may see it
 * @param warnings what is allowed and yet probably not meant, one line each
 */
public record LoadedConfiguration(Settings settings, List<EffectiveSetting> effective, List<String> warnings) {

    /** Takes copies of the lists. */
    public LoadedConfiguration {
        effective = List.copyOf(effective);
        warnings = List.copyOf(warnings);
    }

    /**
     * What somebody has said.
     *
     * @return those of the settings that were set anywhere
     */
    public List<EffectiveSetting> said() {
        return effective.stream()
                .filter(setting -> setting.origin().isPresent())
                .toList();
    }
}
