package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a replay delivers, compared with what is in the journal, event by event: at one go, with a stop in the middle, and with a kill.
 * More events: {@code -Dcampaign.replay.events=1000000}.
 */
@Timeout(600)
class ReplayCompareTest {

    private static final int EVENTS = Integer.getInteger("campaign.replay.events", 20_000);

    /** From this event on the handler asks to try later, as long as the property is set; it says so first. */
    private static final String HOLD_AT = "zoomws.test.replay.hold-at";

    private static final String ON_HOLD = "zoomws.test.replay.on-hold";

    @TempDir
    private Path directory;

    @AfterEach
    void clear() {
        System.clearProperty(HOLD_AT);
        System.getProperties().remove(ON_HOLD);
    }

    private ReplayWorkplace workplace() throws Exception {
        String handle = """
                public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                    if (event.sequence() >= Long.getLong("%s", Long.MAX_VALUE)) {
                        ((Runnable) System.getProperties().get("%s")).run();
                        throw new RetryLater("held");
                    }
                    record(event);
                }
                """.formatted(HOLD_AT, ON_HOLD);
        return new ReplayWorkplace(directory)
                .journal(EVENTS)
                .plugin("recorder", PluginJar.withHandler(ReplayWorkplace.RECORDER + handle))
                .configure("mine: { plugin: recorder }");
    }

    @Test
    void aReplayThatIsStoppedAndResumedDeliversEachEventOnceInOrder() throws Exception {
        ReplayWorkplace work = workplace();
        StopRequest stop = new StopRequest();
        System.setProperty(HOLD_AT, Integer.toString(EVENTS / 3));
        System.getProperties().put(ON_HOLD, (Runnable) stop::request);

        assertThat(work.replay(stop, "--plugin", "mine")).isEqualTo(1);
        assertThat(work.messages())
                .isEqualTo("replayed sequence 1 to " + (EVENTS / 3 - 1) + ": " + (EVENTS / 3 - 2)
                        + " events handled, 0 gaps, 0 parked\nstopped before sequence " + EVENTS / 3
                        + "; to go on up to " + (EVENTS + 2) + ": zoom-ws replay --resume --plugin mine\n");

        System.clearProperty(HOLD_AT);
        assertThat(work.replay("--resume", "--format", "json")).isZero();
        assertThat(work.output().replaceAll("\"seconds\":[0-9.]+", "\"seconds\":N"))
                .isEqualTo(
                        "{\"name\":\"replay-mine\",\"instance\":\"mine\",\"plugin\":\"recorder\",\"subscription\":\"main\","
                                + "\"complete\":true,\"fromSequence\":1,\"toSequence\":" + (EVENTS + 3)
                                + ",\"nextSequence\":"
                                + (EVENTS + 3) + ",\"handled\":" + EVENTS
                                + ",\"gaps\":0,\"parked\":0,\"seconds\":N}\n");
        assertThat(Files.readAllLines(work.log("mine"))).isEqualTo(work.events());
        assertThat(Journals.cursors(work.data(), "main").list(1, EVENTS)).isEmpty();
    }

    @Test
    void aReplayThatIsKilledGoesOnWithNothingLeftOutAndLittleRepeated() throws Exception {
        ReplayWorkplace work = workplace();
        Process child = new ProcessBuilder(java(work.arguments("--plugin", "mine")))
                .redirectError(new File("/dev/null"))
                .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("held");
        } finally {
            child.destroyForcibly().waitFor();
        }
        int before = Files.readAllLines(work.log("mine")).size();

        assertThat(work.replay("--resume", "--plugin", "mine")).isZero();

        List<String> delivered = Files.readAllLines(work.log("mine"));
        List<String> expected = work.events();
        assertThat(delivered.subList(0, before)).isEqualTo(expected.subList(0, before));
        int repeated = delivered.size() - expected.size();
        assertThat(repeated).isBetween(0, 1000);
        assertThat(delivered.subList(before, delivered.size()))
                .isEqualTo(expected.subList(before - repeated, expected.size()));
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add("-D" + HOLD_AT + "=" + EVENTS / 2);
        command.add(ReplayCompareTest.class.getName());
        command.addAll(arguments);
        return command;
    }

    /** The command line in a process of its own, to be killed. */
    public static void main(String[] arguments) throws IOException {
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            System.getProperties().put(ON_HOLD, (Runnable) () -> out.println("held"));
            System.exit(CommandLineInterface.run(arguments, out, out, new StopRequest()));
        }
    }
}
