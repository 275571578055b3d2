package io.zoomws.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as flat keys with their lines. Scalars are kept as they are written: {@code 0123} stays {@code 0123} and
 * {@code yes} stays {@code yes}.
 */
final class YamlFile {

    /** Deeper than any key; an alias that contains itself ends here. */
    private static final int DEEPEST = 20;

    /** A scalar or list; its value is null if nothing or an empty mapping was written. */
    record Line(String key, @Nullable String value, boolean list, int number) {}

    private final Path path;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private YamlFile(Path path) {
        this.path = path;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read or is no YAML
     */
    static YamlFile read(Path path) throws ConfigurationException {
        YamlFile file = new YamlFile(path);
        try (Reader reader = Files.newBufferedReader(path)) {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root != null && !Tag.NULL.equals(root.getTag())) {
                file.flatten("", root, List.of());
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new ConfigurationException(path + ":" + line + ": this is no YAML: " + explain(e), List.of());
        } catch (YAMLException e) {
            // Of what is no text: the message may hold a part of it.
            throw new ConfigurationException(
                    path + ": this is no YAML: it must be text in UTF-8 without control characters", List.of());
        } catch (IOException e) {
            throw new ConfigurationException(
                    path + " cannot be read (" + e + "): name another file with -c, or mend this one", List.of());
        }
        return file;
    }

    /** What the parser says, unless that quotes the value, which may be a secret. */
    private static String explain(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        String all = problem + " " + e.getContext();
        return all.contains("alias") || all.contains("anchor") || all.contains("tag")
                ? "a text that begins with *, & or ! belongs in quotes, such as \"*.created\""
                : problem;
    }

    /** What is written in the file, in its order. */
    Iterable<Line> lines() {
        return lines.values();
    }

    List<Problem> problems() {
        return problems;
    }

    /** Where a line is, for messages. */
    String origin(int number) {
        return path + ":" + number;
    }

    /** The names right below a section. */
    Set<String> childrenOf(String section) {
        Set<String> names = new LinkedHashSet<>();
        for (String key : lines.keySet()) {
            if (key.startsWith(section + ".")) {
                names.add(key.substring(section.length() + 1).replaceAll("\\..*", ""));
            }
        }
        return names;
    }

    private void flatten(String key, Node node, List<Node> above) {
        int number = node.getStartMark().getLine() + 1;
        if (above.contains(node) || above.size() > DEEPEST) {
            problems.add(new Problem(key, "contains itself, or is nested too deep", origin(number)));
            return;
        }
        if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            flattenMapping(key, mapping, above);
        } else if (node instanceof MappingNode) {
            put(key, null, false, number);
        } else if (key.isEmpty()) {
            problems.add(new Problem("zoomws", "is missing: the file begins with a line 'zoomws:'", origin(number)));
        } else if (node instanceof SequenceNode sequence) {
            put(key, list(key, sequence), true, number);
        } else if (node instanceof ScalarNode scalar) {
            put(key, Tag.NULL.equals(scalar.getTag()) ? null : scalar.getValue(), false, number);
        } else {
            problems.add(new Problem(key, "this kind of YAML node is not understood", origin(number)));
        }
    }

    private void flattenMapping(String key, MappingNode mapping, List<Node> above) {
        List<Node> below = new ArrayList<>(above);
        below.add(mapping);
        Map<String, Integer> sections = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int number = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                String child = key.isEmpty() ? name.getValue() : key + "." + name.getValue();
                Integer first = sections.putIfAbsent(child, number);
                if (first != null && tuple.getValueNode() instanceof MappingNode) {
                    // Of values the second is found where they are put.
                    problems.add(twice(child, first, number));
                }
                flatten(child, tuple.getValueNode(), below);
            } else {
                problems.add(new Problem(key, "a key must be plain text", origin(number)));
            }
        }
    }

    private Problem twice(String key, int first, int second) {
        return new Problem(key, "is written twice, first in line " + first + ": remove one", origin(second));
    }

    /** Joined by commas; a comma inside an element is written {@code \\,}, as SmallRye does. */
    private String list(String key, SequenceNode sequence) {
        List<String> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (element instanceof ScalarNode scalar) {
                elements.add(CommaList.escape(scalar.getValue()));
            } else {
                int number = element.getStartMark().getLine() + 1;
                problems.add(new Problem(key, "an element of this list must be plain text", origin(number)));
            }
        }
        return String.join(",", elements);
    }

    private void put(String key, @Nullable String value, boolean list, int number) {
        Line earlier = lines.putIfAbsent(key, new Line(key, value, list, number));
        if (earlier != null) {
            problems.add(twice(key, earlier.number(), number));
        }
    }
}
