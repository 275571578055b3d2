package io.zoomws.server.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a setting that belongs to a plugin: {@code zoomws.plugins.<instance>.settings.<name>}. Which names mean
 * something, only the plugin knows.
 *
 * @param instance name of the plugin instance
 * @param name of the setting
 */
record SettingKey(String instance, String name) {

    private static final Pattern KEY = Pattern.compile("zoomws\\.plugins\\.([^.]+)\\.settings\\.(.+)");
    private static final Pattern VARIABLE = Pattern.compile("ZOOMWS_PLUGINS_(.+?)_SETTINGS_(.+)");

    /** What a key of this kind says. */
    static Optional<SettingKey> of(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(new SettingKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Whether a variable may stand for a key of this kind. */
    static boolean isVariable(String variable) {
        return VARIABLE.matcher(variable).matches();
    }

    /**
     * What a variable of this kind says. Underscores stand for dots and hyphens, so that some can be read in two ways: an
     * instance that is known explains it, the longest name first.
     *
     * @param known names of plugin instances
     */
    static Optional<SettingKey> ofVariable(String variable, Collection<String> known) {
        List<String> longestFirst = known.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String instance : longestFirst) {
            String section = Key.variable(Key.PLUGIN_SETTINGS.named(instance)) + "_";
            if (variable.startsWith(section) && variable.length() > section.length()) {
                return Optional.of(new SettingKey(instance, spelled(variable.substring(section.length()), '-')));
            }
            if (isOtherKey(variable, instance)) {
                return Optional.empty();
            }
        }
        Matcher matcher = VARIABLE.matcher(variable);
        return matcher.matches()
                ? Optional.of(new SettingKey(spelled(matcher.group(1), '_'), spelled(matcher.group(2), '-')))
                : Optional.empty();
    }

    private static boolean isOtherKey(String variable, String instance) {
        return Arrays.stream(Key.values())
                .filter(key -> key.isBelow(Key.PLUGINS))
                .anyMatch(key -> Key.variable(key.named(instance)).equals(variable));
    }

    private static String spelled(String inVariable, char separator) {
        return inVariable.toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
