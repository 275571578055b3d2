package io.zoomws.testkit;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An interval without a connection, made in a test.
 *
 * @param sequence its place in the journal
 * @param from its start
 * @param to its end
 * @param cause a phrase
 */
public record TestGap(long sequence, Instant from, Instant to, String cause) implements TestEntry, Gap {

    /**
     * A gap that Zoom began.
     *
     * @param from its start
     * @param to its end
     * @return a gap at sequence 1, whose cause is {@code closed by Zoom (1000)}
     */
    public static TestGap between(Instant from, Instant to) {
        return new TestGap(1, from, to, "closed by Zoom (1000)");
    }

    @Override
    public TestGap withSequence(long other) {
        return new TestGap(other, from, to, cause);
    }

    @Override
    public EntryKind kind() {
        return EntryKind.GAP;
    }

    @Override
    public Instant receivedAt() {
        return to;
    }

    @Override
    public long connection() {
        return 0;
    }

    @Override
    public byte[] payload() {
        return JsonText.object("from", from.toString(), "to", to.toString(), "cause", cause)
                .getBytes(StandardCharsets.UTF_8);
    }
}
