package io.zoomws.cameltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoomws.camel.ZoomWsComponent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's tables of options and headers are made from the metadata in the jar. */
class OptionTablesTest {

    private static final Pattern TABLE = Pattern.compile("(?s)<!-- (\\w+) -->\n.*?<!-- end -->");

    /** Of every component and consumer: Camel's own pages say them again on each page. */
    private static final Set<String> EVERYBODYS =
            Set.of("autowiredEnabled", "bridgeErrorHandler", "exceptionHandler", "exchangePattern");

    @Test
    void theTablesOfThePageAreThoseOfTheMetadata() throws IOException {
        JsonNode metadata = metadata();
        String page = TABLE.matcher(Page.text())
                .replaceAll(table -> Matcher.quoteReplacement("<!-- " + table.group(1) + " -->\n"
                        + table(table.group(1), metadata.path(table.group(1))) + "<!-- end -->"));
        Path made = Files.writeString(Path.of("target/camel.md"), page);

        assertThat(Page.text())
                .as("docs/camel.md is stale: take testing/zoom-ws-camel-tests/%s for it", made)
                .isEqualTo(page);
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream json = ZoomWsComponent.class.getResourceAsStream("/META-INF/io/zoomws/camel/zoomws.json")) {
            return new ObjectMapper().readTree(json);
        }
    }

    private static String table(String kind, JsonNode rows) {
        StringBuilder table = new StringBuilder(
                kind.equals("headers")
                        ? "| header | what | type |\n|---|---|---|\n"
                        : "| option | what | default | type |\n|---|---|---|---|\n");
        rows.properties().stream()
                .filter(row -> !EVERYBODYS.contains(row.getKey()))
                .forEach(row -> table.append(row(kind, row.getKey(), row.getValue())));
        return table.toString();
    }

    private static String row(String kind, String name, JsonNode row) {
        String type = row.path("javaType").asText();
        String end = " | `" + type.substring(type.lastIndexOf('.') + 1) + "` |\n";
        String text = "| `" + name + "`" + marks(row) + " | "
                + row.path("description").asText().replace("|", "\\|");
        if (kind.equals("headers")) {
            return text + end;
        }
        String standard = row.path("defaultValue").asText();
        return text + " | " + (standard.isEmpty() ? "" : "`" + standard + "`") + end;
    }

    private static String marks(JsonNode row) {
        return (row.path("required").asBoolean() ? " (required)" : "")
                + (row.path("secret").asBoolean() ? " (secret)" : "")
                + (row.path("label").asText().contains("advanced") ? " (advanced)" : "");
    }
}
