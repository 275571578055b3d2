package io.zoomws.simulator;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A fault as it is written in a script.
 *
 * @param name the key
 * @param shorthand which of its own keys a single value stands for; empty: it takes no single value
 * @param reader makes the fault of its keys
 */
record FaultKind(String name, String shorthand, Function<ScriptMapping, Fault> reader) {

    Fault read(@Nullable Node value, int line, ScriptProblems problems) {
        if (value == null) {
            throw new IllegalArgumentException("line " + line + ": '" + name + "' is not there");
        }
        ScriptMapping keys = ScriptMapping.of("'" + name + "'", value, shorthand, problems);
        Fault fault = reader.apply(keys);
        keys.finish();
        return fault;
    }
}
