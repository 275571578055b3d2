package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.spi.ParkedEntry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done over HTTP, and what is parked. */
@Timeout(60)
class ActionsTest {

    private static final String MINE = "/api/v1/plugins/mine/";

    @TempDir
    private static Path data;

    private static Optional<ApiServer> running = Optional.empty();

    @BeforeAll
    static void start() {
        running = Optional.of(new ApiServer(data, HttpAccess.LOCAL));
    }

    @BeforeEach
    void forget() {
        server().asked.clear();
    }

    @AfterAll
    static void stop() {
        running.ifPresent(ApiServer::close);
    }

    @Test
    void toPauseIsToStopTheInstance() throws Exception {
        try (LoggedLines lines = LoggedLines.of(Audit.class)) {
            HttpResponse<String> answer = client().post(MINE + "pause", "");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"action\":\"pause\",\"plugin\":\"mine\",\"subscription\":\"main\",\"state\":\"stopped\"}");
            assertThat(server().asked).containsExactly(new ControlRequest("plugins.stop", Map.of("instance", "mine")));
            assertThat(lines.infos()).containsExactly("http: operate from 127.0.0.1 asks to pause mine of main: done");
        }
    }

    @Test
    void whatThePluginHostRefusesIsAConflict() throws Exception {
        try (LoggedLines lines = LoggedLines.of(Audit.class)) {
            HttpResponse<String> answer = client().post(MINE + "resume", "{\"subscription\":\"main\"}");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body())
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                            + "\"detail\":\"plugin instance mine runs already\"}");
            assertThat(lines.infos())
                    .containsExactly("http: operate from 127.0.0.1 asks to resume mine of main: refused with 409:"
                            + " plugin instance mine runs already");
        }
    }

    @Test
    void parkedEntriesAreListedAndDeliveredAgain() throws Exception {
        park(3, "mine");
        park(7, "mine");
        park(5, "other");

        assertThat(client().get("/api/v1/parked?limit=1").body())
                .isEqualTo(
                        "{\"parked\":[{\"plugin\":\"mine\",\"subscription\":\"main\",\"sequence\":3,"
                                + "\"event\":\"meeting.started\",\"parkedAt\":\"2026-11-23T20:00:00.123456789Z\",\"attempts\":4,"
                                + "\"redrive\":false,\"problem\":\"acme.Failure at acme.Handler:7\"}],\"next\":\"mine/main/7\"}");
        assertThat(client().get("/api/v1/parked?from=mine/main/7").body())
                .contains("\"sequence\":7", "\"plugin\":\"other\"", "\"next\":null")
                .doesNotContain("\"sequence\":3");
        HttpResponse<String> redriven = client().post(MINE + "redrive", "{\"sequences\":[7]}");
        assertThat(redriven.statusCode()).isEqualTo(200);
        assertThat(redriven.body())
                .isEqualTo("{\"action\":\"redrive\",\"plugin\":\"mine\",\"subscription\":\"main\",\"entries\":1,"
                        + "\"text\":\"1 entry of mine will be delivered again, at once if it runs\"}");
        assertThat(server().parked("mine").requested()).containsExactly(7L);
        assertThat(client().get("/api/v1/parked?plugin=mine&from=mine/main/4").body())
                .contains("\"redrive\":true");
        assertThat(client().post(MINE + "redrive", "{\"all\":true}").body()).contains("\"entries\":2");
        assertThat(client().post(MINE + "redrive", "{\"sequences\":[3,8]}").body())
                .contains("\"status\":409,\"detail\":\"sequence 8 is not parked; nothing is delivered again\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pause   | []                                    | the body must be one JSON object
            pause   | {} {}                                 | the body must be one JSON object
            pause   | {"subscription":                      | the body must be one JSON object
            pause   | {"subscription":"main","subscription":"main"} | the body must be one JSON object
            pause   | {"canary":1}                          | the fields of the body are: subscription
            pause   | {"subscription":true}                 | the field subscription of the body is of the wrong type
            pause   | {"subscription":null}                 | the field subscription of the body is of the wrong type
            pause   | {"subscription":{"canary":{}}}        | the field subscription of the body is of the wrong type
            redrive | {}                                    | say which entries: "sequences":[…], or "all":true and no sequences
            redrive | {"sequences":[]}                      | say which entries: "sequences":[…], or "all":true and no sequences
            redrive | {"sequences":[1],"all":true}          | say which entries: "sequences":[…], or "all":true and no sequences
            redrive | {"sequences":[0]}                     | the field sequences must hold 10000 sequence numbers at most
            redrive | {"sequences":[-1]}                    | the field sequences must hold 10000 sequence numbers at most
            redrive | {"sequences":["1"]}                   | the field sequences must hold 10000 sequence numbers at most
            redrive | {"sequences":[1e9]}                   | the field sequences must hold 10000 sequence numbers at most
            redrive | {"sequences":[9999999999999999999]}   | the field sequences must hold 10000 sequence numbers at most
            redrive | {"sequences":1}                       | the field sequences of the body is of the wrong type
            redrive | {"all":"true"}                        | the field all of the body is of the wrong type
            """)
    void aBodyThatCannotBeIsRefusedAndNotRepeated(String action, String body, String detail) throws Exception {
        HttpResponse<String> answer = client().post(MINE + action, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"detail\":\"" + detail.replace("\"", "\\\"") + "\"}")
                .doesNotContain("canary");
        assertThat(server().asked).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFoundAndNotLogged() throws Exception {
        try (LoggedLines lines = LoggedLines.of(Audit.class)) {
            assertThat(client().post("/api/v1/plugins/canary/pause", "{}").body())
                    .contains("\"status\":404,\"detail\":\"there is no such plugin instance, only: mine\"");
            assertThat(client().post(MINE + "pause", "{\"subscription\":\"canary\"}")
                            .body())
                    .contains("\"status\":404,\"detail\":\"there is no such subscription, only: main\"");
            assertThat(client().post(MINE + "frobnicate", "{}").statusCode()).isEqualTo(404);
            assertThat(lines.infos())
                    .containsExactly(
                            "http: operate from 127.0.0.1 asks to do something: refused with 404: there is no such plugin"
                                    + " instance, only: mine",
                            "http: operate from 127.0.0.1 asks to do something: refused with 404: there is no such"
                                    + " subscription, only: main");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Content-Encoding, gzip, 415"
    })
    void aPageFromElsewhereCannotHaveAnythingDone(String header, String value, int status) throws Exception {
        assertThat(client().post(MINE + "pause", "{}", header, value).statusCode())
                .isEqualTo(status);
    }

    @Test
    void onlyOwnPagesAndJsonOfKnownLengthHaveSomethingDone() throws Exception {
        String own = client().address().toString().replaceAll("/$", "");

        assertThat(client().post(MINE + "pause", "{}", "Origin", own).statusCode())
                .isEqualTo(200);
        assertThat(raw("Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415 ");
        assertThat(raw("Content-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 415 ");
        assertThat(raw("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 411 ");
        assertThat(raw("Content-Type: application/json\r\nContent-Length: 65537\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(client().get(MINE + "pause").statusCode()).isEqualTo(405);
        assertThat(client().get(MINE + "pause").headers().firstValue("allow")).hasValue("POST");
    }

    private static String raw(String rest) throws Exception {
        return client().raw("POST " + MINE + "pause HTTP/1.1\r\nHost: localhost:"
                + client().address().getPort() + "\r\nConnection: close\r\n" + rest);
    }

    private static void park(long sequence, String instance) {
        server().parked(instance)
                .park(
                        new ParkedEntry(
                                sequence,
                                "meeting.started",
                                MemoryEntry.TIME,
                                4,
                                "acme.Failure at acme.Handler:7",
                                Optional.of("a key")),
                        new MemoryEntry.Event(sequence, "meeting.started"));
    }

    private static ApiServer server() {
        return running.orElseThrow();
    }

    private static Client client() {
        return server().client();
    }
}
