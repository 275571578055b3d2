package io.zoomws.server.config;

import java.util.Optional;

/**
 * How a key is spelled; a star stands for a name that the user chooses.
 *
 * @param text such as {@code zoomws.plugins.*.events}
 */
record KeyPattern(String text) {

    boolean hasName() {
        return text.contains("*");
    }

    /** Whether this is the key, for whatever name. */
    boolean matches(String key) {
        return hasName() ? nameIn(key).isPresent() : text.equals(key);
    }

    /** The name in place of the star, if the text is this key. */
    Optional<String> nameIn(String key) {
        int star = text.indexOf('*');
        String before = text.substring(0, star);
        String after = text.substring(star + 1);
        boolean fits = key.length() > before.length() + after.length() && key.startsWith(before) && key.endsWith(after);
        return fits ? Optional.of(key.substring(star, key.length() - after.length())) : Optional.empty();
    }

    /** Whether the key is a section above this one, such as {@code zoomws.plugins} or {@code zoomws.plugins.console}. */
    boolean isBelow(String section) {
        String[] above = section.split("\\.", -1);
        String[] own = text.split("\\.", -1);
        if (above.length >= own.length) {
            return false;
        }
        for (int i = 0; i < above.length; i++) {
            if (!own[i].equals("*") && !own[i].equals(above[i])) {
                return false;
            }
        }
        return true;
    }
}
