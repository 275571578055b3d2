package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and bad input, as a user meets them. */
class LifeCycleTest {

    @TempDir
    Path folder;

    @Test
    void fourVariablesSuffice() throws Exception {
        try (WireZoom zoom = WireZoom.start();
                ZoomWs server = ZoomWs.start(
                        folder,
                        Map.of(
                                "ZOOM_CLIENT_ID",
                                WireZoom.CLIENT_ID,
                                "ZOOM_CLIENT_SECRET",
                                WireZoom.CLIENT_SECRET,
                                "ZOOM_ACCOUNT_ID",
                                "an-account",
                                "ZOOM_SUBSCRIPTION_ID",
                                WireZoom.SUBSCRIPTION_ID,
                                "ZOOMWS_SUBSCRIPTIONS_MAIN_TOKEN_URL",
                                zoom.tokenUrl().toString(),
                                "ZOOMWS_SUBSCRIPTIONS_MAIN_WEBSOCKET_URL",
                                zoom.webSocketUrl().toString()),
                        "run")) {
            zoom.nextConnection().accept();
            server.awaitErr("ready");
            server.terminate();

            assertThat(server.await().status()).isZero();
            assertThat(zoom.tokenRequests()).hasSize(1);
            assertThat(zoom.tokenRequests().get(0)).contains("grant_type=account_credentials", "account_id=an-account");
        }
    }

    @Test
    void withoutConfigurationItSaysWhatIsMissingAndWhereToFindIt() throws Exception {
        ZoomWs.Result result = ZoomWs.run(folder, "run");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.outBytes()).isEmpty();
        assertThat(result.err())
                .contains("ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "ZOOM_SUBSCRIPTION_ID", "marketplace.zoom.us")
                .doesNotContain("\tat ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aWrongSecretIsSaidInOneLineWithTheNextTry() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            zoom.onToken(request -> new WireZoom.Reply(
                    400, "{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}"));
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                String line = server.awaitErr("(?i)client.id or (the )?client.secret");
                assertThat(line).contains("next try");
                assertThat(server.alive()).isTrue();
                server.terminate();

                ZoomWs.Result result = server.await();
                assertThat(result.status()).isZero();
                assertNoSecret(result);
                assertThat(result.err()).doesNotContain("\tat ");
                assertThat(zoom.tokenRequests()).hasSize(1);
            }
        }
    }

    @Test
    void noSecretIsPrintedHoweverConnectionsFail() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                zoom.nextConnection().refuse("Token is invalid");
                zoom.nextConnection().reset();
                WireConnection kicked = zoom.nextConnection().accept();
                kicked.text("{\"module\":\"message\",\"content\":\"" + WireZoom.TOKEN_CANARY + "\"}");
                server.awaitErr("ready");
                server.terminate();

                assertNoSecret(server.await());
            }
        }
    }

    @Test
    void aSecondServerOnTheSameDataIsRefusedNamingTheFirst() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs first = ZoomWs.start(folder, Map.of(), "run")) {
                zoom.nextConnection().accept();
                first.awaitErr("ready");

                ZoomWs.Result second = ZoomWs.run(folder, "run");

                assertThat(second.status()).isEqualTo(1);
                assertThat(second.err()).contains(Long.toString(first.pid())).doesNotContain("\tat ");
                assertThat(first.alive()).isTrue();
            }
        }
    }

    @Test
    void aStandbyGoesOnWhenTheServerIsKilledAndTheJournalStatesTheGap() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs first = ZoomWs.start(folder, Map.of(), "run")) {
                zoom.nextConnection().accept();
                first.awaitErr("ready");
                try (ZoomWs standby = ZoomWs.start(folder, Map.of(), "run", "--standby");
                        ZoomWs unwanted = ZoomWs.start(folder, Map.of(), "run", "--standby")) {
                    standby.awaitErr("standing by: the journal of main in \\S+ is in use by process " + first.pid());
                    unwanted.awaitErr("standing by");
                    unwanted.terminate();
                    assertThat(unwanted.await().status()).isZero();

                    first.kill();

                    zoom.nextConnection().accept();
                    standby.awaitErr("Connection 2 is ready");
                    assertThat(ZoomWs.run(folder, "journal", "gaps", "--format", "json")
                                    .outLines())
                            .anySatisfy(line -> assertThat(line).contains("\"cause\":\"crash\""));
                }
            }
        }
    }

    @Test
    void aSecondServerIsRefusedNamingTheFirstAlsoWhenItMeetsThePortOfTheFirstAndWritesNothing() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs first = ZoomWs.start(folder, Map.of(), "run")) {
                zoom.nextConnection().accept();
                String line = first.awaitErr("status at http://127\\.0\\.0\\.1:\\d+/");
                String port = line.replaceAll(".*:(\\d+)/.*", "$1");
                first.awaitErr("ready");
                List<String> before = kinds();

                ZoomWs.Result second = ZoomWs.run(folder, Map.of("ZOOMWS_HTTP_PORT", port), "run");

                assertThat(second.status()).isEqualTo(1);
                assertThat(second.err().lines())
                        .singleElement()
                        .asString()
                        .contains("The journal of main", "is in use by process " + first.pid() + " on ")
                        .doesNotContain("port");
                assertThat(kinds()).isEqualTo(before);
                assertThat(first.alive()).isTrue();
            }
        }
    }

    /** Of what is in the journal but for frames, of which the first server may receive more. */
    private List<String> kinds() throws Exception {
        return Journal.cat(folder).lines().stream()
                .map(entry -> entry.get("kind").asText())
                .filter(kind -> !kind.equals("control"))
                .toList();
    }

    @Test
    void stopsInOrderWhileZoomIsAway() throws Exception {
        Workplace.configure(
                folder,
                java.net.URI.create("http://127.0.0.1:" + freePort() + "/oauth/token"),
                java.net.URI.create("ws://127.0.0.1:" + freePort() + "/ws"),
                "");
        try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
            server.awaitErr("(?i)token");
            server.terminate();
            server.terminate();

            assertThat(server.await().status()).isZero();
        }
        Journal journal = Journal.cat(folder);
        assertThat(journal.lines())
                .extracting(line -> line.get("kind").asText())
                .contains("opened", "closed");
    }

    @Test
    void aLogThatNobodyReadsKeepsItNeitherFromReceivingNorFromEnding() throws Exception {
        WireConnection connection;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.startWithFullStderr(folder, "run")) {
                // A connection that ends is worth several lines of the log, told on the event loop.
                connection = zoom.nextConnection().accept();
                connection.text(Events.asString(Events.event(1)));
                connection.drop();
                connection = zoom.nextConnection().accept();
                connection.text(Events.asString(Events.event(2)));
                try (ZoomWs follow = ZoomWs.start(
                        folder, Map.of(), "journal", "cat", "--data", "data", "--kind", "event", "--follow")) {
                    follow.awaitOutLines(2);
                }
                server.terminate();

                assertThat(server.await().status()).isZero();
                assertThat(connection.awaitClosed()).isEqualTo(1000);
            }
        }
    }

    @Test
    void aTakenPortIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ZoomWs.Result result = ZoomWs.run(folder, "simulate", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aDirectoryIntoWhichOthersMayLookIsRefusedInOneLineWithTheRemedy() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path open = Files.createDirectories(folder.resolve("data/main"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Workplace.configure(
                folder, java.net.URI.create("http://127.0.0.1:1/t"), java.net.URI.create("ws://127.0.0.1:1/ws"), "");

        ZoomWs.Result result = ZoomWs.run(folder, "run");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("Other users of this machine may look into", "chmod -R go-rwx '", "data/main'")
                .doesNotContain("\tat ");
        assertThat(Files.getPosixFilePermissions(open)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aDataDirectoryThatIsAFileIsOneClearLine() throws Exception {
        Workplace.configure(
                folder, java.net.URI.create("http://127.0.0.1:1/t"), java.net.URI.create("ws://127.0.0.1:1/ws"), "");
        Files.writeString(folder.resolve("data"), "not a directory");

        ZoomWs.Result result = ZoomWs.run(folder, "run");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("data").doesNotContain("\tat ");
        assertThat(folder.resolve("data")).hasContent("not a directory");
    }

    @Test
    void commandsThatReadSayWhenThereIsNoJournal() throws Exception {
        for (List<String> command : List.of(List.of("cat"), List.of("stats"))) {
            ZoomWs.Result result = ZoomWs.run(
                    folder,
                    Stream.concat(Stream.of("journal"), command.stream()).toArray(String[]::new));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.outBytes()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    private void assertNoSecret(ZoomWs.Result result) {
        String all = result.out() + result.err();
        assertThat(all).doesNotContain(WireZoom.CLIENT_SECRET, WireZoom.TOKEN_CANARY);
        assertThat(new String(result.outBytes(), StandardCharsets.ISO_8859_1)).doesNotContain("access_token=");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
