package io.zoomws.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Keys and values of a script, read strictly: whoever reads asks for each key that there is, and {@link #finish} complains of
 * the others. A value that is wrong is a problem, and its default is returned so that reading goes on.
 */
final class ScriptMapping {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|kB|MB)?");

    private final String what;
    private final int line;
    private final ScriptProblems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();

    private ScriptMapping(String what, Node node, ScriptProblems problems) {
        this.what = what;
        this.line = ScriptProblems.line(node);
        this.problems = problems;
    }

    /**
     * Reads a node.
     *
     * @param what it is, for messages
     * @param shorthand the key that a single value stands for; empty: a single value is wrong
     */
    static ScriptMapping of(String what, Node node, String shorthand, ScriptProblems problems) {
        ScriptMapping mapping = new ScriptMapping(what, node, problems);
        if (node instanceof MappingNode keys) {
            keys.getValue().forEach(mapping::put);
        } else if (node instanceof ScalarNode && !Tag.NULL.equals(node.getTag())) {
            if (shorthand.isEmpty()) {
                problems.add(node, what + " takes no value: leave it empty");
            } else {
                mapping.values.put(shorthand, node);
                mapping.lines.put(shorthand, mapping.line);
            }
        } else if (!(node instanceof ScalarNode)) {
            problems.add(node, what + " must hold keys, not a list");
        }
        return mapping;
    }

    private void put(NodeTuple tuple) {
        int at = ScriptProblems.line(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(at, what + ": a key must be plain text");
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problems.add(at, what + ": '" + key.getValue() + "' is written twice");
        } else {
            lines.put(key.getValue(), at);
        }
    }

    int line() {
        return line;
    }

    int line(String key) {
        return lines.getOrDefault(key, line);
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** Something is wrong with a key. */
    void complain(String key, String message) {
        problems.add(line(key), what + ": '" + key + "' " + message);
    }

    /** Something is wrong with the whole. */
    void complain(String message) {
        problems.add(line, what + " " + message);
    }

    /** The keys that nobody has asked for yet. */
    List<String> others() {
        return values.keySet().stream().filter(key -> !asked.contains(key)).toList();
    }

    @Nullable
    Node node(String key) {
        asked.add(key);
        return values.get(key);
    }

    /** Complains of every key that nobody has asked for. */
    void finish() {
        for (String key : others()) {
            if (asked.isEmpty()) {
                complain(key, "is unknown: there is nothing to be said here");
            } else {
                problems.unknown(line(key), what + ": unknown key", key, asked);
            }
        }
    }

    private @Nullable String scalar(String key) {
        Node node = node(key);
        if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
            return scalar.getValue();
        }
        if (node != null) {
            complain(key, "needs a single value");
        }
        return null;
    }

    String text(String key, String standard) {
        String text = scalar(key);
        return text == null ? standard : text;
    }

    long whole(String key, long standard, long least, long most) {
        String text = scalar(key);
        if (text == null) {
            return standard;
        }
        if (text.matches("\\d{1,18}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        complain(key, "is a whole number from " + least + " to " + most + ", not '" + text + "'");
        return standard;
    }

    /** Bytes, with or without a unit. */
    int size(String key, int standard, int most) {
        String text = scalar(key);
        if (text == null) {
            return standard;
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            String unit = size.group(2);
            long factor = unit == null || unit.equals("B") ? 1 : unit.equals("kB") ? 1_000 : 1_000_000;
            long bytes = Long.parseLong(size.group(1)) * factor;
            if (bytes >= 1 && bytes <= most) {
                return (int) bytes;
            }
        }
        complain(key, "is a whole number from 1 to " + most + ", with B, kB or MB if it likes, not '" + text + "'");
        return standard;
    }

    /** A part of one, as 0.1 or as 10%. */
    double chance(String key) {
        String text = scalar(key);
        if (text == null) {
            return 1;
        }
        boolean percent = text.endsWith("%");
        String number = percent ? text.substring(0, text.length() - 1) : text;
        if (number.matches("\\d{1,3}(\\.\\d{1,9})?")) {
            double chance = new BigDecimal(number).doubleValue() / (percent ? 100 : 1);
            if (chance > 0 && chance <= 1) {
                return chance;
            }
        }
        complain(key, "is more than 0% and at most 100%, such as 10% or 0.1, not '" + text + "'");
        return 1;
    }

    boolean flag(String key) {
        String text = scalar(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            complain(key, "is true or false, not '" + text + "'");
        }
        return "true".equals(text);
    }

    @Nullable
    Duration duration(String key) {
        String text = scalar(key);
        if (text == null) {
            return null;
        }
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            return Duration.of(Long.parseLong(duration.group(1)), unit(duration.group(2)));
        }
        complain(key, "is a number with ms, s, m, h or d, such as 250ms or 30s, not '" + text + "'");
        return null;
    }

    Duration duration(String key, Duration standard) {
        Duration duration = duration(key);
        return duration == null ? standard : duration;
    }

    /** One word of an enum, written in small letters with hyphens. */
    <E extends Enum<E>> E choice(String key, Class<E> type, E standard) {
        String text = scalar(key);
        if (text == null) {
            return standard;
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(ScriptMapping::word).toList();
        int index = words.indexOf(text);
        if (index >= 0) {
            return type.getEnumConstants()[index];
        }
        complain(key, "is one of " + String.join(", ", words) + ", not '" + text + "'");
        return standard;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ChronoUnit unit(String sign) {
        return switch (sign) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
