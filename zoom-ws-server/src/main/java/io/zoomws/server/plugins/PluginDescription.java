package io.zoomws.server.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin says of itself by its classes.
 *
 * @param jars in its folder
 * @param handler binary name of its handler
 * @param level of the contract it was built for
 * @param batches whether it is handed several events at once
 * @param ownPosition whether it stores its position itself
 * @param rebuildable whether what it derives can be thrown away and derived again
 * @param sideEffects what a replay would do again; empty: nothing that must not be
 * @param settings what it takes of the configuration
 */
public record PluginDescription(
        List<Path> jars,
        String handler,
        int level,
        boolean batches,
        boolean ownPosition,
        boolean rebuildable,
        Optional<String> sideEffects,
        List<SettingText> settings) {

    /**
     * One setting.
     *
     * @param name below {@code zoomws.plugins.<instance>.settings}
     * @param type what it may be
     * @param required whether it must be set
     * @param standard what it is when nothing is set; empty: nothing
     * @param text what it is for; may be empty
     */
    public record SettingText(String name, String type, boolean required, Optional<String> standard, String text) {

        static SettingText of(SettingComponent component) {
            boolean secret = component.type().isSecret();
            return new SettingText(
                    component.name(),
                    component.typeText() + (component.mayBeInFile() ? ", or " + component.name() + "-file" : ""),
                    component.isRequired(),
                    component.standard().map(standard -> secret ? "***" : standard),
                    component.text());
        }
    }
}
