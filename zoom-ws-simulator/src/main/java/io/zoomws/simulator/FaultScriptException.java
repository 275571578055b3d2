package io.zoomws.simulator;

import java.io.Serial;
import java.util.List;

/** Says everything that is wrong with a fault script, one line each with its place. Meant for whoever wrote the script. */
public final class FaultScriptException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Of a list that can be serialised; the type does not say so. */
    @SuppressWarnings("serial")
    private final List<String> problems;

    FaultScriptException(String headline, List<String> problems) {
        super(problems.isEmpty() ? headline : headline + "\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return what is wrong, each beginning with {@code line N: }, in the order of the lines} */
    public List<String> problems() {
        return problems;
    }
}
