package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise without a test is a hope: every test that docs/guarantees.md names is there. */
class GuaranteesTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("\\| (?!fault \\||mode \\||---).*");

    private static Path root() {
        return Path.of("").toAbsolutePath().getParent().getParent();
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(root().resolve("docs/guarantees.md"));
    }

    /** Sources of test classes by name. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().contains("/src/test/java/")
                            && file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            GuaranteesTest::read,
                            String::concat));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws Exception {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(String.join("\n", page()));
        while (named.find()) {
            if (!tests.getOrDefault(named.group(1), "").contains(" void " + named.group(2) + "(")) {
                missing.add(named.group(1) + "." + named.group(2));
            }
        }
        assertThat(missing).as("named in docs/guarantees.md and not there").isEmpty();
    }

    @Test
    void everyLineNamesATest() throws Exception {
        assertThat(page().stream().filter(line -> ROW.matcher(line).matches()))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).containsPattern(NAMED));
    }
}
