package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write by mistake is told as a mistake. */
class OddConfigurationTest {

    private static final Map<String, String> ZOOM = Map.of(
            "ZOOM_CLIENT_ID", "client",
            "ZOOM_CLIENT_SECRET", "hush",
            "ZOOM_SUBSCRIPTION_ID", "abc");

    @TempDir
    private Path directory;

    @Test
    void aSectionWrittenTwiceIsAMistakeAlsoIfItsKeysDiffer() throws Exception {
        write("zoomws:\n  data: a\nzoomws:\n  http: { port: 0 }\n");

        expect("  zoomws: is written twice, first in line 1: remove one (set in %1$s:3)");
    }

    @Test
    void whatHasNotTheShapeOfItsKeyIsTold() throws Exception {
        write("zoomws:\n  data: [a, b]\n  connection: 25s\n  journal: { memory: [8MB] }\n  plugins: [console]\n");

        expect(
                "  zoomws.data: is a list, where one value is allowed (set in %1$s:2)",
                "  zoomws.connection: is a section: write each key in a line of its own below it (set in %1$s:3)",
                "  zoomws.journal.memory: is a list, where one value is allowed (set in %1$s:4)",
                "  zoomws.plugins: is a section: write each key in a line of its own below it (set in %1$s:5)");
    }

    @Test
    void aFileThatIsOneWordOrContainsItselfIsOneMistake() throws Exception {
        write("hello");
        expect("  zoomws: is missing: the file begins with a line 'zoomws:' (set in %1$s:1)");

        write("zoomws: &all\n  data: a\n  plugins: { one: *all }\n");
        expect("  zoomws.plugins.one: contains itself, or is nested too deep (set in %1$s:1)");
    }

    @Test
    void numbersThatAreTooLargeOrNotOursAreRefused() throws Exception {
        write("zoomws:\n  connection: { max-frame: 16_000_000 }\n  journal:\n    reserve: 999999999TB\n"
                + "    memory: 99999999999999TB\n    retention: { max-age: 999999999999d, keep-free: 5000TB }\n");

        expect(
                "  zoomws.connection.max-frame: '16_000_000' is no size: use a number with B, KB, MB, GB or TB such as 16MB"
                        + " (set in %1$s:2)",
                "  zoomws.journal.reserve: '999999999TB' is larger than any disk: use a number such as 16MB (set in %1$s:4)",
                "  zoomws.journal.memory: '99999999999999TB' is larger than any disk: use a number such as 16MB (set in"
                        + " %1$s:5)",
                "  zoomws.journal.retention.max-age: '999999999999d' is out of range: from 0s to 36500d is allowed (set in"
                        + " %1$s:6)",
                "  zoomws.journal.retention.keep-free: '5000TB' is out of range: from 0 to 1024TB is allowed (set in"
                        + " %1$s:6)");
    }

    @Test
    void anAsteriskWithoutQuotesIsExplainedAndNothingOfTheFileIsRepeated() throws Exception {
        Path file = write("zoomws:\n  plugins:\n    one: { events: *.created }\n");
        assertThatThrownBy(this::load)
                .hasMessage(file + ":3: this is no YAML: a text that begins with *, & or ! belongs in quotes, such as"
                        + " \"*.created\"");

        Files.write(file, "zoomws: { data: \"caf\u00e9\" }".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::load)
                .hasMessage(file + ": this is no YAML: it must be text in UTF-8 without control characters");
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsNotOverlooked() throws Exception {
        Path file = Files.createDirectory(directory.resolve("zoom-ws.yaml"));

        assertThatThrownBy(this::load).hasMessage(file + " is no file: name an existing one with -c");
    }

    @Test
    void mistakesInDotEnvAreToldWithTheOthersAndAByteOrderMarkIsNone() throws Exception {
        Files.writeString(directory.resolve(".env"), "\uFEFFZOOMWS_HTP=1\nhush hush\n");
        write("zoomws: { htp: 1 }");

        expect(
                "  " + directory.resolve(".env") + ":2: not of the form NAME=value",
                "  zoomws.htp: unknown key; the nearest known one is zoomws.data (set in %1$s:1)",
                "  ZOOMWS_HTP: unknown; the nearest known key is zoomws.data (set in variable ZOOMWS_HTP in "
                        + directory.resolve(".env") + ")");
    }

    @Test
    void aSecretFileHoldsOneLineAndIsWarnedOfIfEverybodyCanReadIt() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "one\ntwo\n");
        String key = "zoomws.subscriptions.main.client-secret-file";
        write("zoomws: { subscriptions: { main: { client-secret-file: \"" + secret + "\" } } }");
        expect("  " + key + ": the file " + secret
                + " has several lines: it must hold the client secret and nothing else" + " (set in %1$s:1)");

        Files.writeString(secret, "one\n");
        if (secret.toFile().setReadable(true, false)) {
            assertThat(load().warnings())
                    .containsExactly(key + ": every user of this machine can read the file " + secret + ": chmod o-rwx "
                            + secret + " (set in " + directory.resolve("zoom-ws.yaml") + ":1)");
        }
    }

    @Test
    void twoSubscriptionsThatAreOneAreRefused() throws Exception {
        write("""
                zoomws:
                  subscriptions:
                    one: { id: a, client-id: b, client-secret: c }
                    two: { id: a, client-id: b, client-secret: c }
                """);

        expect(
                "  zoomws.subscriptions.two.id: is the subscription that one has already: Zoom keeps one connection of it, so"
                        + " that each would close the other's (set in %1$s:4)");
    }

    /** The whole message; {@code %1$s} stands for the file. */
    private void expect(String... mistakes) {
        String count = mistakes.length == 1 ? "1 mistake" : mistakes.length + " mistakes";
        Path file = directory.resolve("zoom-ws.yaml");
        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(count + " in the configuration (file " + file + "):\n"
                        + String.join("\n", mistakes).formatted(file));
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(directory.resolve("zoom-ws.yaml"), yaml);
    }

    private LoadedConfiguration load() throws ConfigurationException {
        return Configuration.read(new ConfigurationInputs(Optional.empty(), directory, Map.of(), Map.of(), ZOOM));
    }
}
