package io.zoomws.server.http;

import static io.zoomws.server.status.Statuses.plugin;
import static io.zoomws.server.status.Statuses.receiving;
import static io.zoomws.server.status.Statuses.server;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.server.status.ServerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules and the dashboard in {@code docs/operations} name metrics, labels and values that a scrape has. */
class MonitoringFilesTest {

    private static final Path DIRECTORY = Path.of("../docs/operations");
    private static final Pattern SERIES = Pattern.compile("(?m)^(zoomws_\\w+)(?:\\{([^}]*)\\})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"([^\"]*)\"");
    private static final Pattern USE = Pattern.compile("(zoomws_\\w+)(?:\\{([^}]*)\\})?");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) \\(([^)]*)\\)");

    /** Of each metric, of each label, the values. */
    private final Map<String, Map<String, Set<String>>> scrape = scrape();

    private static Map<String, Map<String, Set<String>>> scrape() {
        ServerStatus status = server(List.of(receiving("main")), plugin("mine", "running", 0));
        String text = new String(
                new Metrics(() -> status, List::of, InstantSource.system()).scrape(), StandardCharsets.UTF_8);
        Map<String, Map<String, Set<String>>> metrics = new HashMap<>();
        SERIES.matcher(text).results().forEach(series -> {
            Map<String, Set<String>> labels = metrics.computeIfAbsent(series.group(1), name -> new HashMap<>());
            if (series.group(2) != null) {
                LABEL.matcher(series.group(2)).results().forEach(label -> labels.computeIfAbsent(
                                label.group(1), name -> new HashSet<>())
                        .add(label.group(2)));
            }
        });
        return metrics;
    }

    @Test
    void everyRuleAsksForWhatThereIsAndIsExplained() throws Exception {
        String page = Files.readString(DIRECTORY.resolve("monitoring.md"));
        List<Map<String, ?>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(page).contains("| `" + rule.get("alert") + "` |");
            assertKnown(String.valueOf(rule.get("expr")));
            assertThat(rule.get("labels")).asString().matches("\\{severity=(critical|warning)}");
            assertThat(rule.get("annotations")).asString().contains("summary=", "description=");
        });
        assertThat(found("(?m)^\\| `(ZoomWs\\w+)` \\|", page))
                .isEqualTo(new TreeSet<>(rules.stream()
                        .map(rule -> String.valueOf(rule.get("alert")))
                        .toList()));
    }

    @Test
    void everyPanelAsksForWhatThereIsAndIsExplained() throws Exception {
        String dashboard = Files.readString(DIRECTORY.resolve("zoom-ws-grafana.json"));
        List<String> expressions = texts(dashboard, "expr");
        List<String> titles = texts(dashboard, "title");
        String page = Files.readString(DIRECTORY.resolve("monitoring.md"));

        assertThat(expressions).hasSizeGreaterThan(20).allSatisfy(this::assertKnown);
        texts(dashboard, "definition").forEach(this::assertKnown);
        String panels = page.substring(page.indexOf("### Panels"));
        assertThat(found("(?m)^\\| ([A-Z][\\w ]+) \\|", panels)).isNotEmpty().isSubsetOf(titles);
        assertThat(titles.size() - found("(?m)^\\| ([A-Z][\\w ]+) \\|", panels).size())
                .as("titles of rows and of the dashboard")
                .isEqualTo(6);
    }

    private void assertKnown(String expression) {
        Set<String> labels = new HashSet<>();
        Matcher use = USE.matcher(expression);
        assertThat(use.results()).as(expression).isNotEmpty();
        use.reset().results().forEach(one -> {
            assertThat(scrape).as(expression).containsKey(one.group(1));
            Map<String, Set<String>> known = scrape.getOrDefault(one.group(1), Map.of());
            labels.addAll(known.keySet());
            if (one.group(2) != null) {
                assertValues(expression, one.group(2), known);
            }
        });
        GROUPING.matcher(expression).results().forEach(by -> assertThat(labels)
                .as(expression)
                .contains(by.group(1).split(", ")));
    }

    private static void assertValues(String expression, String selector, Map<String, Set<String>> known) {
        LABEL.matcher(selector).results().forEach(label -> {
            assertThat(known).as(expression).containsKey(label.group(1));
            if (!label.group(2).startsWith("$")) {
                assertThat(known.get(label.group(1)))
                        .as(expression)
                        .contains(label.group(2).split("\\|"));
            }
        });
    }

    @SuppressWarnings("unchecked") // what is not as expected fails the test
    private static List<Map<String, ?>> rules() throws IOException {
        String text = Files.readString(DIRECTORY.resolve("zoom-ws-alerts.yml"));
        Map<String, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        List<Map<String, ?>> groups = (List<Map<String, ?>>) file.get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, ?>>) group.get("rules")).stream())
                .toList();
    }

    private static List<String> texts(String json, String field) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && field.equals(parser.currentName())) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }

    private static TreeSet<String> found(String regex, String text) {
        Stream<String> names = Pattern.compile(regex).matcher(text).results().map(match -> match.group(1));
        return names.collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
}
