package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.simulator.FaultScript;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whole walks against a simulated Zoom; in all that is said, logged at TRACE too, no secret, token or payload. */
@Timeout(120)
class DoctorCommandTest {

    /** Every token of the simulator's begins so. */
    private static final String TOKEN = "eyJhbGciOiJIUzUxMiJ9";

    private static final String PROXY_PASSWORD = "canary-proxy-password";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level usual = root.getLevel();

    private final StopRequest stop = new StopRequest();

    private SimulatorSettings settings = SimulatorSettings.standard().withEventsPerSecond(0);
    private String secret = settings.clientSecret();
    private String account = settings.accountId();
    private String subscription = settings.subscriptionId();
    private String connection = "connect-timeout: 10s";
    private String alert = "";
    private @Nullable ZoomSimulator zoom;

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void nothingSecretWasSaid() {
        root.setLevel(usual);
        root.detachAppender(log);
        if (zoom != null) {
            zoom.close();
        }
        Stream<String> logged = log.list.stream().map(ILoggingEvent::getFormattedMessage);
        assertThat(Stream.concat(
                        logged,
                        Stream.of(data.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8))))
                .noneMatch(text -> text.contains(TOKEN)
                        || text.contains("access_token=")
                        || text.contains("subscriptionId=")
                        || text.contains("\"payload\"")
                        || text.contains(secret)
                        || text.contains("canary-"));
    }

    private int doctor(String... options) throws Exception {
        ZoomSimulator simulator = ZoomSimulator.start(settings);
        zoom = simulator;
        Path file = Files.writeString(directory.resolve("zoom-ws.yaml"), """
                zoomws:
                  data: %s
                  subscriptions:
                    main:
                      id: %s
                      client-id: %s
                      client-secret: %s
                      account-id: %s
                      token-url: %s
                      websocket-url: %s
                  connection: { %s }
                  alert: { %s }
                """.formatted(
                        directory.resolve("data"),
                        subscription,
                        settings.clientId(),
                        secret,
                        account,
                        simulator.tokenUrl(),
                        simulator.webSocketUrl(),
                        connection,
                        alert));
        return run(Stream.concat(Stream.of("doctor", "-c", file.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        data.reset();
        return CommandLineInterface.run(arguments, data, new PrintStream(messages, true, StandardCharsets.UTF_8), stop);
    }

    /** Step and status of each line. */
    private List<String> steps() {
        return lines().map(line -> line.replaceAll("^(\\S+) +(\\S+).*", "$2 $1"))
                .toList();
    }

    private Stream<String> lines() {
        return data.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("(ok|warning|FAILURE|skipped) .*"));
    }

    private String line(String step) {
        return lines().filter(line -> line.matches("\\S+ +" + step + " .*"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutConnectingEverythingUpToTheSubscriptionIsTriedAndNothingIsWritten() throws Exception {
        assertThat(doctor()).isZero();

        assertThat(steps())
                .containsExactly(
                        "java ok",
                        "configuration ok",
                        "plugins ok",
                        "alert skipped",
                        "disk ok",
                        "permissions ok",
                        "server ok",
                        "dns ok",
                        "proxy skipped",
                        "token-endpoint ok",
                        "event-endpoint ok",
                        "token ok",
                        "clock ok",
                        "subscription ok",
                        "build-connection skipped",
                        "heartbeat skipped",
                        "first-event skipped");
        assertThat(data.toString(StandardCharsets.UTF_8)).endsWith("12 ok, 0 warnings, 0 failures, 5 skipped\n");
        assertThat(directory.resolve("data")).doesNotExist();
        assertThat(zoom.stats().connectionsOpened()).isZero();
    }

    @Test
    void whatComesOnItsOwnConnectionIsJournaledAndTheGapAfterItIsOpen() throws Exception {
        settings = settings.withEventsPerSecond(20);

        assertThat(doctor("--connect", "--wait", "3s")).isZero();

        assertThat(line("build-connection")).startsWith("ok ");
        assertThat(line("heartbeat")).startsWith("ok ");
        assertThat(line("first-event")).startsWith("ok ").endsWith(" came, and is journaled");
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "zoom-ws: --connect takes the subscription main from whoever has it now, and waits up to 3 s for an event. What comes meanwhile goes into"
                                + " the journal in " + directory.resolve("data/main")
                                + ", and the gaps before and after are stated there.\n")
                .contains("zoom-ws: the connection is closed again: until a server runs, nothing is received.\n");
        assertThat(kinds())
                .startsWith(EntryKind.OPENED)
                .endsWith(EntryKind.CLOSED)
                .contains(EntryKind.EVENT);
        assertThat(Journals.openGap(directory.resolve("data"), "main")).isPresent();
    }

    private List<EntryKind> kinds() {
        List<EntryKind> kinds = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(directory.resolve("data"), "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                kinds.add(entry.kind());
            }
        }
        return kinds;
    }

    @Test
    void besideAServerItRefusesToConnectAndNothingElse() throws Exception {
        try (JournalWriter ignored = JournalWriter.open(directory.resolve("data"), "main")) {
            assertThat(doctor("--connect")).isEqualTo(1);
            assertThat(line("server")).startsWith("FAILURE").endsWith(", whose connection --connect would end");
            assertThat(line("build-connection")).isEqualTo("skipped  build-connection  needs the step server");
            assertThat(line("token")).startsWith("ok ");
            assertThat(zoom.stats().connectionsOpened()).isZero();
            zoom.close();

            assertThat(doctor()).isZero();
            assertThat(line("server")).startsWith("ok       server            the journal is written by process ");
        }
    }

    @Test
    void eachSubscriptionIsWalkedUnlessOneIsNamed() throws Exception {
        Path other = Files.writeString(directory.resolve("two.yaml"), """
                zoomws:
                  data: %1$s
                  connection: { proxy: 'http://127.0.0.1:1' }
                  subscriptions:
                    main: { id: SimulatedSubscription1, client-id: a, client-secret: canary-one }
                    other: { id: SimulatedSubscription2, client-id: b, client-secret: canary-two }
                """.formatted(directory.resolve("data")));

        assertThat(run("doctor", "-c", other.toString(), "--format", "json")).isEqualTo(1);
        assertThat(subscriptions()).containsExactly("null", "\"main\"", "\"other\"");

        assertThat(run("doctor", "-c", other.toString(), "--format", "json", "--subscription", "other"))
                .isEqualTo(1);
        assertThat(subscriptions()).containsExactly("null", "\"other\"");
    }

    /** In the order in which they are first told of. */
    private List<String> subscriptions() {
        return data.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(".*\"subscription\":(\\w+|\"\\w+\").*", "$1"))
                .distinct()
                .toList();
    }

    @Test
    void aTestAlertIsToldOnlyToWhoAsksForIt() throws Exception {
        Path told = directory.resolve("told");
        alert = "command: [sh, -c, \"cat > '" + told + "'\"]";
        assertThat(doctor()).isZero();
        assertThat(line("alert"))
                .isEqualTo(
                        "skipped  alert             only with --alert: it tells whoever is told when something is wrong");
        assertThat(told).doesNotExist();
        zoom.close();

        assertThat(doctor("--alert")).isZero();
        assertThat(line("alert"))
                .isEqualTo("ok       alert             a test was told, as far as can be seen from here");
        assertThat(told).content().contains("this is a test");
        zoom.close();

        alert = "command: [sh, -c, exit 3]";
        assertThat(doctor("--alert")).isEqualTo(1);
        assertThat(line("alert"))
                .isEqualTo("FAILURE  alert             the command of zoomws.alert.command ended with status 3");
        zoom.close();

        alert = "";
        assertThat(doctor("--alert")).isEqualTo(1);
        assertThat(line("alert")).isEqualTo("FAILURE  alert             nobody is told when something is wrong");
    }

    @Test
    void aDirectoryThatOthersMayLookIntoIsNotWrittenTo() throws Exception {
        Path main = Files.createDirectories(directory.resolve("data/main"));
        Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(line("permissions")).startsWith("FAILURE").endsWith(": nothing is written there");
        assertThat(line("server")).isEqualTo("skipped  server            cannot be seen without the step permissions");
        assertThat(line("build-connection")).isEqualTo("skipped  build-connection  needs the step permissions");
        assertThat(main).isEmptyDirectory();
    }

    @Test
    void whatTheUserStopsIsSkippedFromThereOn() throws Exception {
        stop.request();

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(steps()).contains("disk ok", "dns skipped", "token skipped", "clock skipped", "first-event skipped");
        assertThat(messages).hasToString("zoom-ws: stopped before the end of the walk\n");
        assertThat(zoom.stats().connectionsOpened()).isZero();
    }

    @Test
    void aWrongSecretIsNamedWithWhatToCompare() throws Exception {
        secret = "canary-secret";

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(data.toString(StandardCharsets.UTF_8))
                .contains("FAILURE  token             The token endpoint 127.0.0.1:" + zoom.port()
                        + " refused the client id or client secret (HTTP 400): copy both again from the app's page in the"
                        + " Zoom Marketplace\n"
                        + " ".repeat(27)
                        + "-> client-id and client-secret must be of the same app and of the same environment"
                        + " (Development or Production), and a secret that was regenerated replaces the one before\n");
        assertThat(line("clock")).startsWith("ok ");
        assertThat(line("build-connection")).isEqualTo("skipped  build-connection  needs the step token");
    }

    @Test
    void anAccountIdThatIsWrongAndATokenEndpointThatAnswers401AreToldApart() throws Exception {
        account = "another-account";
        assertThat(doctor()).isEqualTo(1);
        assertThat(line("token")).contains(" refused the account id (HTTP 400 invalid_request)");
        zoom.close();

        settings = settings.withFaults(FaultScript.of("faults: [ { token: 1, token-status: { status: 401 } } ]"));
        assertThat(doctor()).isEqualTo(1);
        assertThat(line("token")).contains(" refused the client id or client secret (HTTP 401)");
    }

    @Test
    void aSubscriptionOfAnotherAppIsRefusedWithTheRemedy() throws Exception {
        subscription = "AnotherSubscription123";

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(line("build-connection"))
                .isEqualTo("FAILURE  build-connection  Zoom refused the token or the subscription");
        assertThat(line("first-event")).isEqualTo("skipped  first-event       needs a confirmed connection");
    }

    @Test
    void aHandshakeThatIsAnswered404AsksForTheSubscriptionId() throws Exception {
        settings = settings.withFaults(
                FaultScript.of("faults: [ { handshake: 1, for: 1h, handshake-status: { status: 404 } } ]"));

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(line("build-connection")).startsWith("FAILURE");
    }

    @Test
    void aConfirmedConnectionThatFallsSilentFailsAtTheHeartbeat() throws Exception {
        connection = "heartbeat: 1s, heartbeat-timeout: 300ms";
        settings = settings.withFaults(FaultScript.of("faults: [ { connection: 1, mute: , for: 1h } ]"));

        assertThat(doctor("--connect")).isEqualTo(1);

        assertThat(line("build-connection")).startsWith("ok ");
        assertThat(line("heartbeat")).startsWith("FAILURE");
        assertThat(line("first-event")).isEqualTo("skipped  first-event       needs a connection that answers");
    }

    @Test
    void aRivalThatTakesTheSubscriptionIsNamed() throws Exception {
        settings = settings.withFaults(FaultScript.of("faults: [ { connection: 1, after: 300ms, kick: frame } ]"));

        assertThat(doctor("--connect", "--wait", "20s")).isEqualTo(1);

        // Before or after a heartbeat was answered: both steps know it.
        assertThat(lines().filter(line -> line.startsWith("FAILURE"))).hasSize(1);
        assertThat(data.toString(StandardCharsets.UTF_8)).contains("-> another process has this subscription");
    }

    @Test
    void aNightWithoutEventsIsAWarningAndNoFailure() throws Exception {
        assertThat(doctor("--connect", "--wait", "200ms")).isZero();

        assertThat(line("first-event")).startsWith("warning  first-event       no event came within ");
    }

    @Test
    void aProxyThatIsNotThereLeavesBothEndpointsUntried() throws Exception {
        connection = "proxy: 'http://127.0.0.1:1', proxy-user: somebody, proxy-password: " + PROXY_PASSWORD;

        assertThat(doctor()).isEqualTo(1);

        assertThat(line("proxy"))
                .isEqualTo(
                        "FAILURE  proxy             the proxy 127.0.0.1:1 refused the connection or cannot be reached:"
                                + " check its address");
        assertThat(steps()).contains("token-endpoint skipped", "event-endpoint skipped", "token skipped");
    }

    @Test
    void aConfigurationThatCannotBeUsedIsStatusTwoWithEveryMistakeAndTheRestSkipped() throws Exception {
        Path file = Files.writeString(
                directory.resolve("wrong.yaml"),
                "zoomws: { subscriptions: { main: { id: x, client-secret: canary-secret } }, http: { port: many } }\n");

        assertThat(run("doctor", "-c", file.toString())).isEqualTo(2);

        assertThat(line("configuration"))
                .startsWith("FAILURE  configuration     2 mistakes in the configuration (file ");
        assertThat(steps())
                .hasSize(17)
                .filteredOn(step -> step.endsWith(" skipped"))
                .hasSize(15);
    }

    @Test
    void jsonIsOneObjectALineWithStableKeys() throws Exception {
        assertThat(doctor("--format", "json")).isZero();

        assertThat(data.toString(StandardCharsets.UTF_8).lines())
                .hasSize(17)
                .contains(
                        "{\"step\":\"proxy\",\"subscription\":\"main\",\"status\":\"skipped\",\"text\":\"none is configured\","
                                + "\"remedy\":null}");
    }

    @Test
    void usageIsStatusTwo() throws Exception {
        assertThat(doctor("--wait", "5s")).isEqualTo(2);
        assertThat(messages)
                .hasToString("zoom-ws: --wait is of no use without --connect\nTry 'zoom-ws doctor --help'.\n");
        messages.reset();
        zoom.close();

        assertThat(doctor("--subscription", "other")).isEqualTo(2);
        assertThat(messages)
                .hasToString("zoom-ws: there is no subscription other in the configuration, only: main\n"
                        + "Try 'zoom-ws doctor --help'.\n");
    }
}
