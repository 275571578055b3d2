package io.zoomws.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.core.ConnectionListener;
import io.zoomws.core.ConnectionState;
import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.FrameSink;
import io.zoomws.core.FrameType;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.spi.JournalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journals what comes over a connection and what happens to it, in one order, and logs each change of it. Called by the
 * connection's event loop only; the journal copies and never waits.
 */
final class JournalingListener implements FrameSink, ConnectionListener {

    private static final Logger log = LoggerFactory.getLogger(JournalingListener.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final String subscription;
    private final JournalWriter journal;

    JournalingListener(String subscription, JournalWriter journal) {
        this.subscription = subscription;
        this.journal = journal;
    }

    /** What the journal throws goes on to the connection, which then is cut: a frame that was not taken becomes a gap. */
    @Override
    public boolean accept(
            FrameType type, long connection, long receivedAtNanos, long provenAtNanos, ByteBuffer payload) {
        return journal.append(kind(type), connection, receivedAtNanos, provenAtNanos, payload);
    }

    private static StoredKind kind(FrameType type) {
        return switch (type) {
            case TEXT -> StoredKind.TEXT_FRAME;
            case BINARY -> StoredKind.BINARY_FRAME;
            case TOO_LONG -> StoredKind.TOO_LONG_FRAME;
        };
    }

    @Override
    public void connected(long connection, long atNanos) {
        note(StoredKind.CONNECTED, connection, atNanos);
    }

    @Override
    public void disconnected(long connection, long atNanos, String cause) {
        note(StoredKind.DISCONNECTED, connection, atNanos, "cause", cause);
    }

    @Override
    public void gap(long fromNanos, long toNanos, String cause) {
        Instant from = instant(fromNanos);
        Instant to = instant(toNanos);
        log.warn("{}: gap from {} to {} ({}): events of that time may be missing", subscription, from, to, cause);
        note(StoredKind.GAP, 0, toNanos, "from", from.toString(), "to", to.toString(), "cause", cause);
    }

    /** The journal raises receive times that would go backwards, so this note alone tells what the clock did. */
    @Override
    public void clockJumped(long fromNanos, long toNanos) {
        Instant from = instant(fromNanos);
        Instant to = instant(toNanos);
        Duration by = Duration.ofNanos(toNanos - fromNanos);
        String what = by.isNegative()
                ? "the wall clock was set back"
                : "the wall clock was set forward, or the machine slept";
        log.warn("{}: {}, from {} to {}", subscription, what, from, to);
        note(
                StoredKind.CONTROL_NOTE,
                0,
                toNanos,
                "note",
                what,
                "from",
                from.toString(),
                "to",
                to.toString(),
                "by",
                by.toString());
    }

    @Override
    public void changed(ConnectionStatus status) {
        ConnectionState state = status.state();
        switch (state) {
            case READY -> {
                if (status.nextTryAt().isPresent()) {
                    log.warn("{}: {}", subscription, status.line()); // it could not be renewed yet
                } else {
                    log.info("{}: {}", subscription, status.line());
                }
            }
            case STOPPED -> log.info("{}: {}", subscription, status.line());
            case BACKING_OFF, HELD -> log.warn("{}: {}", subscription, status.line());
            case NEW, WAITING_FOR_TOKEN, CONNECTING, AWAITING_BUILD_CONNECTION ->
                log.debug("{}: {}", subscription, status.line());
        }
    }

    private void note(StoredKind kind, long connection, long atNanos, String... fields) {
        try {
            journal.append(kind, connection, atNanos, 0, ByteBuffer.wrap(json(fields)));
        } catch (JournalException e) {
            // The next frame fails the same way and cuts the connection; the server notices a failed journal by itself.
            log.error("{}: {} could not be journaled: {}", subscription, kind, e.getMessage());
        }
    }

    private static byte[] json(String... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            for (int i = 0; i < fields.length; i += 2) {
                generator.writeStringField(fields[i], fields[i + 1]);
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static Instant instant(long nanos) {
        long perSecond = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, perSecond), Math.floorMod(nanos, perSecond));
    }
}
