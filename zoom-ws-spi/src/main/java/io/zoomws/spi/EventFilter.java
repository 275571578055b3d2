package io.zoomws.spi;

import java.util.List;

/**
 * Chooses events by type. A glob is a type in which each {@code *} stands for any characters, dots included; an event is
 * chosen if any of the globs matches its whole type, upper and lower case told apart.
 */
public final class EventFilter {

    private static final EventFilter ALL = new EventFilter(List.of());

    private final List<String> globs;

    private EventFilter(List<String> globs) {
        this.globs = globs;
    }

    /**
     * The filter that chooses every event.
     *
     * @return a shared instance
     */
    public static EventFilter all() {
        return ALL;
    }

    /**
     * A filter from globs.
     *
     * @param globs such as {@code meeting.*} or {@code *.created}; an empty list chooses every event
     * @return the filter
     * @throws IllegalArgumentException if a glob is empty or has blanks in it
     */
    public static EventFilter of(List<String> globs) {
        for (String glob : globs) {
            if (glob.isEmpty() || glob.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("'" + glob
                        + "' is no event glob: use a type such as meeting.started, with * for any characters");
            }
        }
        return globs.isEmpty() ? ALL : new EventFilter(List.copyOf(globs));
    }

    /**
     * Whether an event of this type is chosen.
     *
     * @param type {@link ZoomEvent#type()}
     * @return true if any glob matches, or if there are none
     */
    public boolean matches(String type) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, type));
    }

    /** Greedy matching with one point of return suffices for globs whose only special sign is the star. */
    private static boolean matches(String glob, String type) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < type.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && glob.charAt(g) == type.charAt(t)) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    @Override
    public String toString() {
        return globs.isEmpty() ? "*" : String.join(",", globs);
    }
}
