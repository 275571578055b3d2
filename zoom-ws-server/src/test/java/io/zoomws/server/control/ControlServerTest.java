package io.zoomws.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, ControlHandler> ECHO =
            Map.of("echo", (request, client) -> Map.of("heard", request.requiredText("word"), "in", thread()));

    @TempDir
    private Path folder;

    @Test
    void aRequestIsAnsweredOnAThreadOfItsOwn() throws Exception {
        try (ControlServer server = ControlServer.start(folder, "main", ECHO);
                ControlClient client = ControlClient.open(folder)) {
            assertThat(client.call(new ControlRequest("echo", Map.of("word", "äöü\n")), told -> {}, PATIENCE))
                    .isEqualTo(Map.of("heard", "äöü\n", "in", "control main request 1"));
        }
    }

    @Test
    void progressIsToldAsItComesInAllTypesOfJson() throws Exception {
        ControlHandler handler = (request, client) -> {
            assertThat(request.flag("fast")).isTrue();
            assertThat(request.texts("globs")).containsExactly("a.*", "b");
            client.progress(Map.of("next", 7L, "list", List.of(true, Map.of("x", "y"))));
            client.progress(Map.of("next", 8L));
            return Map.of();
        };
        List<Object> progress = new ArrayList<>();
        try (ControlServer server = ControlServer.start(folder, "main", Map.of("run", handler));
                ControlClient client = ControlClient.open(folder)) {
            ControlRequest request =
                    new ControlRequest("run", Map.of("fast", true, "globs", List.of("a.*", "b"), "n", 1));

            assertThat(client.call(request, progress::add, PATIENCE)).isEmpty();
        }
        assertThat(progress)
                .containsExactly(Map.of("next", 7L, "list", List.of(true, Map.of("x", "y"))), Map.of("next", 8L));
    }

    @Test
    void whatIsNoRequestIsAnsweredWithAnErrorAndHarmsNobody() throws Exception {
        ControlHandler broken = (request, client) -> {
            throw new IllegalStateException("secret");
        };
        try (ControlServer server = ControlServer.start(folder, "main", Map.of("broken", broken))) {
            assertThat(answer("no json")).isEqualTo("{\"error\":\"the request is no JSON object\"}");
            assertThat(answer("[]")).isEqualTo("{\"error\":\"the request is no JSON object\"}");
            assertThat(answer("{}{}")).isEqualTo("{\"error\":\"the request is no JSON object\"}");
            assertThat(answer("[".repeat(9000))).isEqualTo("{\"error\":\"the request is no JSON object\"}");
            assertThat(answer("{\"version\":2}"))
                    .isEqualTo(
                            "{\"error\":\"this server speaks version 1 of the control protocol only: use the zoom-ws of"
                                    + " the server's version\"}");
            assertThat(answer("{\"version\":1}")).isEqualTo("{\"error\":\"the request has no name\"}");
            assertThat(answer("{\"version\":1,\"request\":\"dance\"}"))
                    .isEqualTo("{\"error\":\"this server knows no request dance: use the zoom-ws of the server's"
                            + " version\"}");
            assertThat(answer("{\"version\":1,\"request\":\"broken\"}"))
                    .isEqualTo("{\"error\":\"the request failed unexpectedly: the server's log tells more\"}");
            assertThat(answer("x".repeat(ControlServer.LONGEST_REQUEST_BYTES + 1)))
                    .isNull();
        }
        try (ControlServer server = ControlServer.start(folder, "main", ECHO)) {
            assertThat(answer("{\"version\":1,\"request\":\"echo\"}"))
                    .isEqualTo("{\"error\":\"the request echo needs the field word\"}");
            assertThat(answer("{\"version\":1,\"request\":\"echo\",\"word\":1}"))
                    .isEqualTo("{\"error\":\"the field word of the request echo is of the wrong type\"}");
        }
    }

    @Test
    void silentClientsKeepNobodyAndAreCutOff() throws Exception {
        try (ControlServer server = ControlServer.start(folder, "main", ECHO, Duration.ofMillis(200));
                LineChannel silent = connect();
                LineChannel half = connect()) {
            half.writeLine("{", PATIENCE);
            assertThat(answer("{\"version\":1,\"request\":\"echo\",\"word\":\"a\"}"))
                    .contains("\"a\"");

            assertThat(silent.readLine(100, PATIENCE)).isNull();
        }
    }

    @Test
    void aClientThatDoesNotReadIsGivenUpAndItsRequestGoesOn() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        ControlHandler flooding = (request, client) -> {
            for (int i = 0; i < 100; i++) {
                client.progress(Map.of("text", "x".repeat(100_000)));
            }
            gone.complete(client.isGone());
            return Map.of();
        };
        try (ControlServer server =
                        ControlServer.start(folder, "main", Map.of("flood", flooding), Duration.ofMillis(200));
                LineChannel deaf = connect()) {
            deaf.writeLine("{\"version\":1,\"request\":\"flood\"}", PATIENCE);

            assertThat(gone.get()).isTrue();
        }
    }

    @Test
    void aRequestNoticesThatItsClientHasGone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> noticed = new CompletableFuture<>();
        ControlHandler waiting = (request, client) -> {
            noticed.complete(client.isGone());
            begun.countDown();
            while (!client.isGone()) {
                Thread.onSpinWait();
            }
            return Map.of();
        };
        try (ControlServer server = ControlServer.start(folder, "main", Map.of("wait", waiting))) {
            try (LineChannel client = connect()) {
                client.writeLine("{\"version\":1,\"request\":\"wait\"}", PATIENCE);
                begun.await();
                assertThat(noticed.get()).isFalse();
            }
            awaitNoThread("control main request 1");
        }
    }

    @Test
    void moreClientsThanAnybodyNeedsAreRefused() throws Exception {
        List<LineChannel> many = new ArrayList<>();
        try (ControlServer server = ControlServer.start(folder, "main", ECHO)) {
            for (int i = 0; i < ControlServer.MOST_CONNECTIONS; i++) {
                many.add(connect());
            }
            try (LineChannel oneMore = connect()) {
                assertThat(oneMore.readLine(1000, PATIENCE))
                        .isEqualTo("{\"error\":\"the server is busy with 16 requests\"}");
            }
        } finally {
            for (LineChannel client : many) {
                client.close();
            }
        }
    }

    @Test
    void theEndOfTheServerCutsOffWhoWaitsAndLeavesNoFile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ControlHandler waiting = (request, client) -> {
            begun.countDown();
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            return Map.of();
        };
        ControlServer server = ControlServer.start(folder, "main", Map.of("wait", waiting));
        try (ControlClient client = ControlClient.open(folder)) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> message(client, "wait"));
            begun.await();

            server.close();

            assertThat(answer.get())
                    .isEqualTo("the server ended before it had answered; whether it did what was asked, its log tells");
        } finally {
            release.countDown();
            server.close();
        }
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> ControlClient.open(folder))
                .isInstanceOf(ControlException.class)
                .hasMessage(noServer());
    }

    @Test
    void theSocketOfAServerThatWasKilledIsNoServerAndIsReplaced() throws Exception {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
            Files.writeString(folder.resolve("control"), "control.sock");
        }
        assertThatThrownBy(() -> ControlClient.open(folder)).hasMessage(noServer());

        try (ControlServer server = ControlServer.start(folder, "main", ECHO)) {
            assertThat(answer("{\"version\":1,\"request\":\"echo\",\"word\":\"a\"}"))
                    .contains("\"a\"");
            assertThat(Files.getPosixFilePermissions(folder.resolve("control.sock")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aPathTooLongForASocketIsServedFromTheTemporaryFiles() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(100)));
        Path socket;
        try (ControlServer server = ControlServer.start(deep, "main", ECHO);
                ControlClient client = ControlClient.open(deep)) {
            socket = ControlSocket.find(deep);
            assertThat(socket.getParent().getParent()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
            assertThat(client.call(new ControlRequest("echo", Map.of("word", "a")), told -> {}, PATIENCE))
                    .containsEntry("heard", "a");
            assertThat(Files.getPosixFilePermissions(socket.getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(socket.getParent()).doesNotExist();
        assertThat(deep).isEmptyDirectory();
    }

    private String noServer() {
        return "no server runs on " + folder
                + ": start it with 'zoom-ws run'; if one runs, this command must run on the same"
                + " machine, in the same container, as the same user";
    }

    private static String message(ControlClient client, String request) {
        try {
            return "answered " + client.call(new ControlRequest(request, Map.of()), told -> {}, PATIENCE);
        } catch (ControlException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    private static void awaitNoThread(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join();
            }
        }
    }

    private LineChannel connect() throws IOException {
        return LineChannel.of(SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.find(folder))));
    }

    private String answer(String request) throws IOException {
        try (LineChannel client = connect()) {
            client.writeLine(request, PATIENCE);
            return client.readLine(10_000, PATIENCE);
        }
    }
}
