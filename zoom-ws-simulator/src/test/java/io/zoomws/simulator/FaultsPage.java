package io.zoomws.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FAULTS.md: the examples that the tests run. */
final class FaultsPage {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXAMPLE =
            Pattern.compile("^### `([a-z-]+)`\n(?:(?!^#).)*?```yaml\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);

    private FaultsPage() {}

    /** The example of each fault, by the fault's name. */
    static Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        Matcher example = EXAMPLE.matcher(text());
        while (example.find()) {
            examples.put(example.group(1), example.group(2));
        }
        return examples;
    }

    static FaultScript example(String fault) {
        return FaultScript.of(examples().get(fault));
    }

    /** Every script on the page. */
    static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        Matcher script = YAML.matcher(text());
        while (script.find()) {
            scripts.add(script.group(1));
        }
        return scripts;
    }

    private static String text() {
        try {
            return Files.readString(Path.of("FAULTS.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
