package io.zoomws.simulator;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What goes wrong in a simulated Zoom, and when: a script in YAML, read and checked. Immutable; one script may run in several
 * simulators, and several times in one. FAULTS.md describes the language.
 */
public final class FaultScript {

    /** Nothing goes wrong. */
    public static final FaultScript NONE = new FaultScript(List.of());

    private final List<FaultStep> steps;

    FaultScript(List<FaultStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a script.
     *
     * @param yaml its text
     * @return the script
     * @throws FaultScriptException if anything is wrong with it; says everything that is
     */
    public static FaultScript of(String yaml) {
        return ScriptReader.read("the fault script", yaml);
    }

    /**
     * Reads a script from a file.
     *
     * @param file in UTF-8
     * @return the script
     * @throws FaultScriptException if it cannot be read or anything is wrong with it; says everything that is
     */
    public static FaultScript parse(Path file) {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new FaultScriptException("there is no fault script " + file + ": name an existing file", List.of());
        } catch (CharacterCodingException e) {
            throw new FaultScriptException("the fault script " + file + " is not in UTF-8", List.of());
        } catch (IOException e) {
            throw new FaultScriptException("the fault script " + file + " cannot be read: " + e, List.of());
        }
        return ScriptReader.read(file.toString(), yaml);
    }

    /** {@return whether nothing goes wrong} */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    List<FaultStep> steps() {
        return steps;
    }

    /** Names the faults with their lines. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step.name() + " (line " + step.line() + ")")
                .collect(Collectors.joining(", ", "FaultScript[", "]"));
    }
}
