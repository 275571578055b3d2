package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoomws.systemtests.WireConnection.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server against an independent server: what was written to a live connection is in the journal. */
class ReceivingTest {

    @TempDir
    Path folder;

    @Test
    void everyEventWrittenToALiveConnectionIsInTheJournal() throws Exception {
        List<String> events = new ArrayList<>();
        List<Written> ledger = new ArrayList<>();
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection first = zoom.nextConnection().accept();
                assertThat(first.requestLine()).contains("subscriptionId=" + WireZoom.SUBSCRIPTION_ID);
                for (int n = 0; n < 200; n++) {
                    events.add(Events.event(n));
                    first.text(Events.asString(Events.event(n)));
                }
                first.drop();

                zoom.nextConnection().refuse("Some text that nobody has seen before");

                WireConnection second = zoom.nextConnection().accept();
                for (int n = 200; n < 300; n++) {
                    events.add(Events.event(n));
                    byte[] frame = (n % 2 == 0 ? Events.asString(Events.event(n)) : Events.asObject(Events.event(n)))
                            .getBytes(StandardCharsets.UTF_8);
                    second.fragmented(WireConnection.TEXT, frame, n < 210 ? 1 : 100);
                }
                // The same event once more, on another connection.
                second.text(Events.asString(Events.event(5)));
                second.close(1000, "Bye");

                WireConnection third = zoom.nextConnection().accept();
                events.add(Events.event(300));
                third.text(Events.asString(Events.event(300)));
                Stream.of(first, second, third).forEach(connection -> ledger.addAll(connection.ledger()));
                awaitJournaled(300);

                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
                assertThat(third.awaitClosed()).isEqualTo(1000);
            }
        }

        assertEveryFrameIsThere(ledger);
        Journal journal = Journal.cat(folder);
        journal.assertSequenceIsDense();
        assertThat(journal.firsts()).containsExactlyElementsOf(events);
        assertThat(journal.lines().get(journal.lines().size() - 2).get("kind").asText())
                .isEqualTo("closed");
        // Two between the connections, and the one that is open since the server ended.
        assertThat(journal.ofKind("gap")).hasSize(3);
        JsonNode open = journal.lines().get(journal.lines().size() - 1);
        assertThat(open.get("kind").asText()).isEqualTo("gap");
        assertThat(open.get("to").isNull()).isTrue();
    }

    @Test
    void killedInTheMiddleItLosesNothingThatWasWrittenToALiveConnection() throws Exception {
        List<Written> ledger = new ArrayList<>();
        int number = 0;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            for (int round = 0; round < 3; round++) {
                try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                    WireConnection connection = zoom.nextConnection().accept();
                    int until = number + 2_000;
                    for (; number < until; number++) {
                        connection.text(Events.asString(Events.event(number)));
                        if (number == until - 500) {
                            server.kill();
                            number++;
                            break;
                        }
                    }
                    connection.awaitClosed();
                    ledger.addAll(connection.ledger());
                }
            }
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                ledger.addAll(zoom.nextConnection().accept().ledger());
                server.awaitErr("ready");
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
        }

        Journal journal = Journal.cat(folder);
        journal.assertSequenceIsDense();
        Map<String, Integer> found = count(Journal.frames(folder));
        assertThat(ledger).hasSizeGreaterThan(3_000).allSatisfy(written -> assertThat(
                        found.containsKey(written.text()) || journal.inGap(written.at()))
                .as(
                        "written to connection %d at %s, neither journaled nor in a gap",
                        written.connection(), written.at())
                .isTrue());
        assertThat(journal.firsts()).doesNotHaveDuplicates();
        assertThat(journal.ofKind("opened")).hasSize(4);
    }

    @Test
    void suspendedWhileTheLinkIsCutItStatesAGapThatCoversTheCut() throws Exception {
        Instant cut;
        Instant back;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection first = zoom.nextConnection().accept();
                first.text(Events.asString(Events.event(1)));
                awaitJournaled(1);
                server.signal("STOP");
                first.text(Events.asString(Events.event(2)));
                first.drop();
                cut = Instant.now();
                assertThat(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS))
                        .as("time passes for everybody else")
                        .isFalse();
                server.signal("CONT");
                WireConnection second = zoom.nextConnection().accept();
                back = second.ledger().get(0).at();
                second.text(Events.asString(Events.event(3)));
                awaitJournaled(3);
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
        }
        Journal journal = Journal.cat(folder);
        assertThat(journal.firsts()).containsExactly(Events.event(1), Events.event(2), Events.event(3));
        assertThat(List.of(cut, cut.plusMillis(200), back.minusMillis(1)))
                .as("the outage from %s to %s", cut, back)
                .allMatch(journal::inGap);
    }

    @Test
    void framesThatMakeNoSenseAreJournaledAndSurvived() throws Exception {
        List<byte[]> oddities = List.of(
                "".getBytes(StandardCharsets.UTF_8),
                "not json".getBytes(StandardCharsets.UTF_8),
                "{\"module\":\"message\",\"content\":".getBytes(StandardCharsets.UTF_8),
                "{\"module\":\"message\"}".getBytes(StandardCharsets.UTF_8),
                "{\"module\":\"message\",\"content\":42}".getBytes(StandardCharsets.UTF_8),
                "{\"module\":\"weather\",\"content\":\"rain\\u001b[2J\"}".getBytes(StandardCharsets.UTF_8),
                "{\"module\":7}".getBytes(StandardCharsets.UTF_8),
                "[1,2,3]".getBytes(StandardCharsets.UTF_8),
                "\"\\ud800\"".getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + Events.asString(Events.event(1))).getBytes(StandardCharsets.UTF_8),
                "{\"module\":\"message\",\n\"content\":\"line\nfeed\"}".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10, 13},
                ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8),
                ("{\"module\":\"message\",\"content\":{\"event\":\"x\",\"n\":" + "9".repeat(10_000) + "}}")
                        .getBytes(StandardCharsets.UTF_8),
                ("{\"module\":\"message\",\"content\":\"" + "x".repeat(10_000_000) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
        WireConnection connection;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                connection = zoom.nextConnection().accept();
                for (byte[] oddity : oddities) {
                    connection.message(WireConnection.TEXT, oddity);
                }
                connection.message(WireConnection.BINARY, new byte[] {1, 2, 3, '\n', 4});
                connection.text("{\"event\":\"bare.event\",\"payload\":{},\"event_ts\":1}");
                connection.text(Events.asString(Events.event(2)));
                awaitJournaled(3);

                assertThat(server.alive()).isTrue();
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
        }

        assertEveryFrameIsThere(connection.ledger());
        Journal journal = Journal.cat(folder);
        journal.assertSequenceIsDense();
        assertThat(journal.ofKind("connected")).as("connections").hasSize(1);
        assertThat(journal.events())
                .extracting(event -> event.get("event").asText())
                .contains("bare.event", "warehouse.pallet_moved");
        assertThat(journal.ofKind("unreadable")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aFrameOverTheLimitIsMarkedAndReceivingGoesOn() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                connection.text(Events.asString(Events.event(1)));
                byte[] large = Events.asString("{\"event\":\"x\",\"pad\":\"" + "x".repeat(17 << 20) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                connection.message(WireConnection.TEXT, large);
                connection.text(Events.asString(Events.event(2)));
                awaitJournaled(2);
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
        }
        Journal journal = Journal.cat(folder);
        assertThat(journal.ofKind("connected")).hasSize(1);
        assertThat(journal.ofKind("unreadable")).singleElement().satisfies(frame -> {
            assertThat(frame.get("length").asInt()).isGreaterThan(17 << 20);
            assertThat(frame.get("sha256").asText()).hasSize(64);
        });
    }

    private void awaitJournaled(int events) throws Exception {
        Journal.awaitEvents(folder, events);
    }

    private void assertEveryFrameIsThere(List<Written> ledger) throws Exception {
        Map<String, Integer> missing =
                count(ledger.stream().map(Written::payload).toList());
        count(Journal.frames(folder)).forEach((frame, times) -> missing.merge(frame, -times, Integer::sum));
        missing.values().removeIf(times -> times <= 0);
        assertThat(missing).isEmpty();
    }

    /** ISO 8859-1 keeps every byte apart, also where they are no UTF-8. */
    private static Map<String, Integer> count(List<byte[]> frames) {
        Map<String, Integer> counts = new HashMap<>();
        frames.forEach(frame -> counts.merge(new String(frame, StandardCharsets.ISO_8859_1), 1, Integer::sum));
        return counts;
    }
}
