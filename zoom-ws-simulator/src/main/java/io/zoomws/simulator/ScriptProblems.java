package io.zoomws.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a script, collected so that it can be told all at once. */
final class ScriptProblems {

    private record Problem(int line, String message) {}

    private final List<Problem> problems = new ArrayList<>();

    void add(int line, String message) {
        problems.add(new Problem(line, message));
    }

    void add(Node node, String message) {
        add(line(node), message);
    }

    /** A word that is none of those there are. */
    void unknown(int line, String what, String word, Collection<String> known) {
        add(line, what + " '" + word + "'; the nearest known one is '" + nearest(word, known) + "'");
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<String> lines() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "line " + problem.line + ": " + problem.message)
                .toList();
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String nearest(String word, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElse("");
    }

    /** How many letters must be changed, added or left out to turn one word into the other (Levenshtein). */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[right.length()];
    }
}
