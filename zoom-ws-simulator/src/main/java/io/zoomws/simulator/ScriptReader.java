package io.zoomws.simulator;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a fault script: strictly, and to its end, so that everything that is wrong is told at once. */
final class ScriptReader {

    private static final Map<String, Place> COUNTED = Map.of(
            "connection", Place.CONNECTION,
            "handshake", Place.HANDSHAKE,
            "token", Place.TOKEN,
            "event", Place.EVENT);

    private final ScriptProblems problems = new ScriptProblems();

    private ScriptReader() {}

    /**
     * Reads a script.
     *
     * @param name of the script, for messages
     * @throws FaultScriptException if anything is wrong
     */
    static FaultScript read(String name, String yaml) {
        ScriptReader reader = new ScriptReader();
        List<FaultStep> steps = reader.script(compose(name, yaml));
        if (!reader.problems.isEmpty()) {
            throw new FaultScriptException(name + " cannot be used:", reader.problems.lines());
        }
        return new FaultScript(steps);
    }

    private static @Nullable Node compose(String name, String yaml) {
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new FaultScriptException(
                    name + " cannot be used:", List.of("line " + line + ": this is no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            throw new FaultScriptException(
                    name + " cannot be used:", List.of("line 1: this is no YAML: " + e.getMessage()));
        }
    }

    private List<FaultStep> script(@Nullable Node root) {
        if (root == null || Tag.NULL.equals(root.getTag())) {
            problems.add(1, "the script is empty: it must hold a list 'faults'");
            return List.of();
        }
        List<FaultStep> steps = new ArrayList<>();
        ScriptMapping top = ScriptMapping.of("the script", root, "faults", problems);
        Node faults = top.node("faults");
        if (faults instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                FaultStep step = step(element);
                if (step != null) {
                    steps.add(step);
                }
            }
        } else {
            problems.add(root, "the script must hold a list 'faults'");
        }
        top.finish();
        return steps;
    }

    private @Nullable FaultStep step(Node node) {
        if (node instanceof ScalarNode) {
            problems.add(node, "a step holds a moment and a fault, such as { after: 5s, reset: }");
            return null;
        }
        ScriptMapping keys = ScriptMapping.of("step", node, "", problems);
        Moment moment = moment(keys);
        long times = keys.whole("times", 0, 1, Long.MAX_VALUE / 1000);
        Duration lasting = keys.duration("for");
        double chance = keys.chance("chance");
        Fault fault = null;
        String name = "";
        for (String key : keys.others()) {
            FaultKind kind = FaultCatalogue.KINDS.get(key);
            if (kind == null) {
                Set<String> known = new TreeSet<>(FaultCatalogue.KINDS.keySet());
                known.addAll(COUNTED.keySet());
                known.addAll(List.of("after", "every", "times", "for", "chance"));
                problems.unknown(keys.line(key), "unknown fault or key", key, known);
            } else if (fault != null) {
                keys.complain(key, "is a second fault beside '" + name + "': give each a step of its own");
            } else {
                fault = kind.read(keys.node(key), keys.line(key), problems);
                name = key;
            }
        }
        if (fault == null) {
            if (keys.others().isEmpty()) {
                keys.complain("names no fault");
            }
            return null;
        }
        FaultStep step = new FaultStep(name, keys.line(), moment, fault, times, lasting, chance);
        checkTimes(keys, step);
        checkLasting(keys, step);
        return step;
    }

    private Moment moment(ScriptMapping keys) {
        List<String> counted =
                COUNTED.keySet().stream().filter(keys::has).sorted().toList();
        if (counted.size() > 1) {
            keys.complain("has several moments: " + String.join(", ", counted) + "; keep one");
        } else if (counted.isEmpty() && !keys.has("after") && !keys.has("every")) {
            keys.complain("has no moment: say after, every, connection, handshake, token or event");
        }
        Duration after = keys.duration("after", Duration.ZERO);
        if (counted.isEmpty()) {
            Duration every = keys.duration("every");
            if (every != null && every.isZero()) {
                keys.complain("every", "must be more than 0");
                every = null;
            }
            return new Moment(Place.TIME, 0, after, every, 0);
        }
        String key = counted.get(0);
        long nth = keys.whole(key, 1, 1, Long.MAX_VALUE / 1000);
        long everyNth = keys.whole("every", 0, 1, 1_000_000_000);
        return new Moment(COUNTED.getOrDefault(key, Place.TIME), nth, after, null, everyNth);
    }

    private static void checkTimes(ScriptMapping keys, FaultStep step) {
        boolean atOnce = step.fault().subject() == Place.TIME;
        if (step.times() > 1
                && atOnce
                && step.moment().place() == Place.TIME
                && !step.moment().recurs()) {
            keys.complain("times", "needs 'every' with '" + step.name() + "': it is done at once");
        }
    }

    private static void checkLasting(ScriptMapping keys, FaultStep step) {
        boolean written = keys.has("for");
        switch (step.fault().lasting()) {
            case NOTHING -> {
                if (written) {
                    keys.complain("for", "does not go with '" + step.name() + "': it is done in a moment");
                }
            }
            case EFFECT_WITH_END -> {
                if (!written) {
                    keys.complain("says no 'for': '" + step.name() + "' needs an end");
                }
            }
            case EFFECT, WINDOW -> {
                // With or without.
            }
        }
    }
}
