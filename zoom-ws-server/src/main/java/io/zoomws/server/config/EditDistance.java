package io.zoomws.server.config;

import java.util.Collection;
import java.util.Comparator;

/** How many letters must be changed, added or left out to turn one word into another (Levenshtein). */
public final class EditDistance {

    private EditDistance() {}

    /**
     * The word that was probably meant.
     *
     * @param unknown what was written
     * @param known what may be written; one at least
     * @return the one that is nearest
     */
    public static String nearest(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> between(unknown, word)))
                .orElseThrow();
    }

    static int between(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
