package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zoomws.server.HangUp;
import io.zoomws.server.StopRequest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandPagesTest {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static Stream<CommandLine> commands() {
        Streams streams =
                new Streams(OutputStream.nullOutputStream(), new PrintStream(OutputStream.nullOutputStream()));
        return below(CommandLineInterface.create(streams, new StopRequest(), new HangUp()));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(one -> !one.getCommandName().equals("help"))
                .flatMap(one -> Stream.concat(Stream.of(one), below(one)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void eachCommandHasExamplesAndTakesThem(CommandLine command) {
        List<String> examples = CommandPages.examples(command.getCommandSpec());

        assertThat(examples).isNotEmpty().allSatisfy(example -> assertThatCode(() -> parse(command, example))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void eachPageSaysWhatForHowWithWhatStatusAndShowsIt(CommandLine command) {
        String page = command.getUsageMessage();
        String name = command.getCommandSpec().qualifiedName();

        assertThat(page.lines().findFirst().orElseThrow())
                .hasSizeBetween(10, 80)
                .endsWith(".");
        assertThat(page)
                .containsSubsequence(
                        "\nUsage: " + name,
                        "\nOptions:\n",
                        "\nExit status: 0 done, 1 failed",
                        "\nExamples:\n  " + name);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    /** From the top, as a shell has it. */
    private static void parse(CommandLine command, String example) {
        CommandLine top = command;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        String below = command.getCommandSpec().qualifiedName().substring("zoom-ws ".length());
        top.parseArgs(words(below + " " + example));
    }

    private static String[] words(String example) {
        return WORD.matcher(example).results().map(CommandPagesTest::unquoted).toArray(String[]::new);
    }

    private static String unquoted(MatchResult word) {
        return word.group(1) == null ? word.group(2) : word.group(1);
    }
}
