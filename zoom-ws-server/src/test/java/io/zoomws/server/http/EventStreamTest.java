package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.access.HttpAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live tail. */
@Timeout(60)
class EventStreamTest {

    private static final String PATH = "/api/v1/events/stream";

    private final ApiServer server = new ApiServer(Path.of("nowhere"), HttpAccess.LOCAL);

    @BeforeEach
    void fill() {
        server.journal.event("meeting.started").control();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatComesIsSentAsItComes() throws Exception {
        try (Stream stream = open("")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");

            server.journal.event("user.created");
            assertThat(stream.next())
                    .startsWith("id: 3\nevent: event\ndata: {\"sequence\":3,\"kind\":\"event\",")
                    .endsWith("\"content\":{\"event\":\"user.created\",\"n\":\"***\"}}");
            server.journal.gap();
            assertThat(stream.next()).startsWith("id: 4\nevent: gap\ndata: {\"sequence\":4,\"kind\":\"gap\",");
        }
    }

    @Test
    void whoComesBackGoesOnBehindWhatHeHasSeen() throws Exception {
        server.journal.event("user.created");

        try (Stream stream = open("?from=latest", "Last-Event-ID", "1")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next()).startsWith("id: 2\nevent: control\n");
            assertThat(stream.next()).startsWith("id: 3\nevent: event\n");
        }
    }

    @Test
    void theFiltersAreThoseOfPages() throws Exception {
        server.journal.event("user.created").gap();

        try (Stream stream = open("?from=earliest&event=user.*&kind=event&kind=gap&content=true")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next())
                    .startsWith("id: 3\n")
                    .endsWith("\"content\":{\"event\":\"user.created\",\"n\":3}}");
            assertThat(stream.next()).startsWith("id: 4\n");
        }
    }

    @Test
    void aJournalThatFailsIsToldOnceAndEndsTheStream() throws Exception {
        try (Stream stream = open("")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            server.journal.makeUnreadable(true);

            assertThat(stream.next())
                    .isEqualTo("event: problem\ndata: the journal cannot be read; the log of the server says more");
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void beyondALimitStreamsAreRefusedUntilOneEnds() throws Exception {
        List<Stream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                streams.add(open(""));
            }
            HttpResponse<String> refused = server.client().get(PATH);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                            + "\"detail\":\"there are 16 streams already: try again later\"}");
            assertThat(server.client().get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void headAsksForTheHeaderOnlyAndWrongRequestsAreProblems() throws Exception {
        HttpResponse<String> head = server.client().send("HEAD", PATH);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(server.client().get(PATH + "?limit=1").statusCode()).isEqualTo(400);
        assertThat(server.client().get(PATH + "?subscription=x").statusCode()).isEqualTo(404);
    }

    @Test
    void theEndOfTheServerEndsTheStreams() throws Exception {
        try (Stream stream = open("")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");

            server.close();

            assertThat(stream.next()).isEmpty();
        }
    }

    private Stream open(String query, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.client().address() + PATH.substring(1) + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        return new Stream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** What comes, block by block. */
    private record Stream(BufferedReader lines) implements AutoCloseable {

        /** The lines up to the next empty one; none at the end of the stream. */
        String next() throws IOException {
            List<String> block = new ArrayList<>();
            try {
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    block.add(line);
                }
            } catch (IOException e) {
                assertThat(block).as("before %s", e.getMessage()).isEmpty(); // cut off: an end as well
            }
            return String.join("\n", block);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
