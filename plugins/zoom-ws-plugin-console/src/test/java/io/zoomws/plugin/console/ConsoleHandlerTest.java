package io.zoomws.plugin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConsoleHandlerTest {

    private static final Delivery LIVE = new Delivery(false, 1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ConsoleHandler handler = new ConsoleHandler(new PrintStream(bytes, false, StandardCharsets.UTF_8));

    @Test
    void printsTimeTypeAndIds() throws Exception {
        handler.handle(
                new FakeEvent(
                        "meeting.started",
                        Map.of(
                                "/payload/account_id", "XM2Ux44oTvkoor19fUJRtH",
                                "/payload/object/id", "84210075513",
                                "/payload/object/uuid", "gj+3BbDSuoQ2SQSs/3WKTK==")),
                LIVE);

        assertThat(printed())
                .isEqualTo("2026-11-24T03:00:00.250Z  meeting.started                  seq=7 object=84210075513"
                        + " uuid=gj+3BbDSuoQ2SQSs/3WKTK== account=XM2Ux44oTvkoor19fUJRtH lag=250ms\n");
    }

    @Test
    void leavesOutIdsThatAreMissingOrEmpty() throws Exception {
        handler.handle(
                new FakeEvent("meeting.participant_joined", Map.of("/payload/object/participant/user_id", "")), LIVE);

        assertThat(printed()).isEqualTo("2026-11-24T03:00:00.250Z  meeting.participant_joined       seq=7 lag=250ms\n");
    }

    @Test
    void terminalEscapesAndLineFeedsDoNotReachTheTerminal() throws Exception {
        handler.handle(
                new FakeEvent("meeting\u001b[2J\n.started", Map.of("/payload/object/id", "1\r\n2\u202e 3")), LIVE);

        assertThat(printed())
                .isEqualTo(
                        "2026-11-24T03:00:00.250Z  meeting?[2J?.started             seq=7 object=1??2??3 lag=250ms\n");
    }

    @Test
    void cutsWhatIsTooLongForALine() throws Exception {
        handler.handle(new FakeEvent("x".repeat(1_000_000), Map.of()), LIVE);

        assertThat(printed()).isEqualTo("2026-11-24T03:00:00.250Z  " + "x".repeat(80) + "... seq=7 lag=250ms\n");
    }

    @Test
    void marksAReplay() throws Exception {
        handler.handle(new FakeEvent("user.created", Map.of()), new Delivery(true, 1));

        assertThat(printed())
                .isEqualTo("2026-11-24T03:00:00.250Z  user.created                     seq=7 replay lag=250ms\n");
    }

    @Test
    void printsGaps() throws Exception {
        handler.gap(new FakeGap(), LIVE);

        assertThat(printed())
                .isEqualTo(
                        "2026-11-24T03:00:00.250Z  GAP                              seq=8"
                                + " from=2026-11-24T02:59:00.000Z to=2026-11-24T03:00:00.250Z cause=\"closed by Zoom (1000)\"\n");
    }

    @Test
    void aClosedOutputIsTriedAgainLater() {
        ConsoleHandler closed = new ConsoleHandler(new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));

        assertThatThrownBy(() -> closed.handle(new FakeEvent("user.created", Map.of()), LIVE))
                .isInstanceOf(RetryLater.class)
                .hasMessage("standard output cannot be written: was the reader at the other end of the pipe closed?");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record FakeEvent(String type, Map<String, String> fields) implements ZoomEvent {
        @Override
        public long sequence() {
            return 7;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.EVENT;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-11-24T03:00:00.250999Z");
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return new byte[0];
        }

        @Override
        public String id() {
            return "id";
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.of(Instant.parse("2026-11-24T03:00:00Z"));
        }

        @Override
        public OptionalLong duplicateOf() {
            return OptionalLong.empty();
        }

        @Override
        public String json() {
            return "{}";
        }

        @Override
        public Optional<String> text(String pointer) {
            return Optional.ofNullable(fields.get(pointer));
        }
    }

    private record FakeGap() implements Gap {
        @Override
        public long sequence() {
            return 8;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.GAP;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-11-24T03:00:00.250Z");
        }

        @Override
        public long connection() {
            return 0;
        }

        @Override
        public byte[] payload() {
            return new byte[0];
        }

        @Override
        public Instant from() {
            return Instant.parse("2026-11-24T02:59:00Z");
        }

        @Override
        public Instant to() {
            return Instant.parse("2026-11-24T03:00:00.250Z");
        }

        @Override
        public String cause() {
            return "closed by Zoom (1000)";
        }
    }
}
