package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.simulator.SampleEvents;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import io.zoomws.spi.events.KnownEvent;
import io.zoomws.testkit.TestEntry;
import io.zoomws.testkit.TestEvent;
import io.zoomws.testkit.TestGap;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events and gaps with which authors test their plugins answer as those of the journal do, for the same bytes. */
class TestEventContractTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final List<String> ODD = List.of(
            "{\"event\":\"\"}",
            "{ \"event\" : \"a.b\" , \"event_ts\" : \"2026-01-01T10:00:00Z\" }",
            "{\"event\":\"a.b\",\"event_ts\":\"1767261600812\",\"payload\":{\"accountId\":\"A1\"}}",
            "{\"event\":\"a.b\",\"event_ts\":\"yesterday\",\"payload\":[1,2]}",
            "{\"event\":\"a.b\",\"event_ts\":{\"at\":1},\"payload\":7}",
            "{\"event_ts\":null,\"event\":\"a.b\",\"event_ts\":1,\"event\":\"c.d\"}",
            "{\"event\":\"line\nfeed\",\"payload\":{\"object\":{\"topic\":\"a\tb\u0001\"}}}",
            "{\"event\":\"numbers\",\"payload\":{\"object\":{\"id\":12345678901234567890123,\"x\":1.50,\"y\":-0,\"z\":1E3}}}",
            "{\"event\":\"twice\",\"payload\":{\"object\":{\"id\":1}},\"payload\":{\"object\":{\"id\":null}}}",
            "{\"event\":\"\\ud83d\\ude80 🚀\",\"payload\":{\"object\":{\"a/b\":{\"m~n\":[true,{\"\":\"deep\"}]}}}}");

    private static final List<String> POINTERS = List.of(
            "",
            "/",
            "/event",
            "/event_ts",
            "/event_ts/at",
            "/payload",
            "/payload/0",
            "/payload/account_id",
            "/payload/object/id",
            "/payload/object/uuid",
            "/payload/object/topic",
            "/payload/object/x",
            "/payload/object/y",
            "/payload/object/z",
            "/payload/object/a~1b/m~0n/0",
            "/payload/object/a~1b/m~0n/1/",
            "/payload/object/a~1b/m~0n/2",
            "/payload/object/participant/user_id",
            "/payload/object/recording_files/9/file_size");

    @TempDir
    private Path directory;

    @Test
    void answersAsTheJournalDoes() throws Exception {
        List<TestEntry> made = new ArrayList<>();
        Stream.concat(SampleEvents.types().stream().map(SampleEvents::json), ODD.stream())
                .map(TestEvent::of)
                .forEach(made::add);
        made.add(TestGap.between(Instant.parse("2026-01-01T10:00:00Z"), Instant.parse("2026-01-01T10:00:01.5Z")));

        try (JournalWriter writer = JournalWriter.open(directory, "main");
                JournalReader reader = writer.reader()) {
            long first = reader.resolve(Position.LATEST);
            for (TestEntry entry : made) {
                StoredKind kind = entry instanceof TestGap ? StoredKind.GAP : StoredKind.TEXT_FRAME;
                writer.append(kind, entry.connection(), 0, 0, ByteBuffer.wrap(entry.payload()));
            }
            try (Tailer tailer = reader.tail(first)) {
                for (TestEntry entry : made) {
                    if (entry instanceof TestEvent event) {
                        compare(event, (ZoomEvent) tailer.poll(LONG));
                    } else {
                        compare((TestGap) entry, (Gap) tailer.poll(LONG));
                    }
                }
            }
        }
    }

    private static void compare(TestEvent made, ZoomEvent stored) {
        TestEvent there = made.withSequence(stored.sequence()).withReceivedAt(stored.receivedAt());
        assertThat(there.json()).isEqualTo(stored.json());
        assertThat(there.type()).isEqualTo(stored.type());
        assertThat(there.kind()).isEqualTo(stored.kind());
        assertThat(there.payload()).isEqualTo(stored.payload());
        assertThat(there.occurredAt()).isEqualTo(stored.occurredAt());
        assertThat(there.accountId()).isEqualTo(stored.accountId());
        assertThat(there.duplicateOf()).isEqualTo(stored.duplicateOf());
        assertThat(there.subscription()).isEqualTo(stored.subscription());
        assertThat(there.connection()).isEqualTo(stored.connection());
        assertThat(there.receivedAt()).isEqualTo(stored.receivedAt());
        assertThat(KnownEvent.of(there)).isEqualTo(KnownEvent.of(stored));
        for (String pointer : POINTERS) {
            assertThat(there.text(pointer)).as("%s of %s", pointer, made.json()).isEqualTo(stored.text(pointer));
        }
    }

    private static void compare(TestGap made, Gap stored) {
        assertThat(made.withSequence(stored.sequence()).sequence()).isEqualTo(stored.sequence());
        assertThat(made.kind()).isEqualTo(stored.kind());
        assertThat(made.from()).isEqualTo(stored.from());
        assertThat(made.to()).isEqualTo(stored.to());
        assertThat(made.cause()).isEqualTo(stored.cause());
        assertThat(made.payload()).isEqualTo(stored.payload());
        assertThat(made.connection()).isEqualTo(stored.connection());
    }
}
