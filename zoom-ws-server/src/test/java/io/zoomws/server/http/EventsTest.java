package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.server.access.AccessTokens;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.spi.EntryKind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of a journal in pages. */
@Timeout(60)
class EventsTest {

    private static final Pattern SEQUENCE = Pattern.compile("\\{\"sequence\":(\\d+),");
    private static final Pattern NEXT = Pattern.compile("\"next\":(\\d+|null)\\}$");

    private static final ApiServer FILLED = server(HttpAccess.LOCAL);

    @AfterAll
    static void stop() {
        FILLED.close();
    }

    private static ApiServer server(HttpAccess access) {
        ApiServer server = new ApiServer(Path.of("nowhere"), access);
        server.journal
                .event("meeting.started")
                .control()
                .event("user.created")
                .gap()
                .event("meeting.ended");
        return server;
    }

    @Test
    void aPageHoldsEntriesAsTheCommandLinePrintsThemButForWhatTheyHold() throws Exception {
        assertThat(get(FILLED, "limit=1"))
                .isEqualTo("{\"subscription\":\"main\",\"events\":[{\"sequence\":1,\"kind\":\"event\","
                        + "\"receivedAt\":\"2026-11-23T20:00:00.123456789Z\",\"subscription\":\"main\",\"connection\":1,"
                        + "\"id\":\"id-1\",\"event\":\"meeting.started\",\"eventTs\":null,\"duplicateOf\":null,"
                        + "\"content\":{\"event\":\"meeting.started\",\"n\":\"***\"}}],\"next\":2}");
    }

    @Test
    void whoMayOperateSeesWhatTheyHoldIfHeAsksForIt() throws Exception {
        try (ApiServer server = server(HttpAccess.LOCAL)) {
            server.journal.add(new MemoryEntry.Other(6, EntryKind.UNREADABLE, "secret"));

            assertThat(get(server, "limit=1&content=true"))
                    .contains("\"content\":{\"event\":\"meeting.started\",\"n\":1}");
            assertThat(get(server, "from=6&content=true")).contains("\"base64\":\"c2VjcmV0\"");
            assertThat(get(server, "from=6")).contains("\"length\":6,\"base64\":\"***\"");
        }
    }

    @Test
    void whoMayOnlyReadNeverDoes() throws Exception {
        try (ApiServer server = server(new HttpAccess(AccessTokens.NONE, Optional.empty(), List.of(), true))) {
            assertThat(get(server, "content=true"))
                    .contains("\"content\":{\"event\":\"meeting.started\",\"n\":\"***\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 2 3 4 5, null",
        "from=earliest&limit=2, 1 2, 3",
        "from=3&limit=2, 3 4, 5",
        "from=3&limit=3, 3 4 5, null",
        "from=latest, '', null",
        "from=99, '', null",
        "before=latest&limit=2, 4 5, 4",
        "before=4&limit=2, 2 3, 2",
        "before=3&limit=2, 1 2, null",
        "before=earliest, '', null",
        "before=999999999999999999&limit=5, 1 2 3 4 5, null",
        "kind=event, 1 3 5, null",
        "kind=event&kind=gap, 1 3 4 5, null",
        "event=meeting.*, 1 5, null",
        "event=meeting.*&limit=1, 1, 2",
        "event=meeting.*&event=user.*, 1 3 5, null",
        "event=meeting.*&kind=gap&kind=event, 1 4 5, null",
        "event=nothing, '', null",
        "before=latest&event=user.*, 3, null",
        "before=latest&event=meeting.*&limit=1, 5, 5"
    })
    void pagesAreBySequence(String query, String sequences, String next) throws Exception {
        String page = get(FILLED, query);

        assertThat(String.join(" ", sequences(page))).isEqualTo(sequences);
        assertThat(next(page)).isEqualTo(next);
    }

    @Test
    void bothWaysEveryEntryIsOnOnePage() throws Exception {
        try (ApiServer server = server(HttpAccess.LOCAL)) {
            for (int i = 0; i < 700; i++) {
                server.journal.event(i % 50 == 0 ? "rare.one" : "user.updated");
            }
            for (String filter : List.of("", "&event=rare.*", "&kind=control")) {
                List<String> forwards = walk(server, "from", "1", filter, false);
                List<String> backwards = walk(server, "before", "latest", filter, true);

                assertThat(backwards)
                        .as(filter)
                        .isEqualTo(forwards)
                        .isNotEmpty()
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static List<String> walk(ApiServer server, String parameter, String begin, String filter, boolean backwards)
            throws Exception {
        List<String> all = new ArrayList<>();
        String at = begin;
        while (!at.equals("null")) {
            String page = get(server, parameter + "=" + at + "&limit=37" + filter);
            List<String> sequences = sequences(page);
            if (backwards) {
                Collections.reverse(sequences);
            }
            all.addAll(sequences);
            at = next(page);
        }
        if (backwards) {
            Collections.reverse(all);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=0",
                "from=-1",
                "from=",
                "from=yesterday",
                "from=1&from=2",
                "from=1&before=2",
                "before=x",
                "limit=0",
                "limit=1001",
                "limit=1e3",
                "kind=frame",
                "event=",
                "event=a%20b",
                "content=yes",
                "access_token=canary",
                "from=99999999999999999999",
                "subscription=main&subscription=main"
            })
    void whatCannotBeIsRefusedAndNotRepeated(String query) throws Exception {
        HttpResponse<String> answer = FILLED.client().get("/api/v1/events?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"")
                .doesNotContain("canary", "yesterday", "99999999999999999999");
    }

    @Test
    void aJournalThatCannotBeReadIsAFailureOfTheServer() throws Exception {
        try (ApiServer server = server(HttpAccess.LOCAL)) {
            server.journal.makeUnreadable(true);

            assertThat(server.client().get("/api/v1/events").statusCode()).isEqualTo(500);
        }
    }

    private static String get(ApiServer server, String query) throws Exception {
        return server.client().get("/api/v1/events?" + query).body();
    }

    private static List<String> sequences(String page) {
        return new ArrayList<>(
                SEQUENCE.matcher(page).results().map(match -> match.group(1)).toList());
    }

    private static String next(String page) {
        return NEXT.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page));
    }
}
