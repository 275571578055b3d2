package io.zoomws.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Zoom event as the journal holds it.
 *
 * <p>Zoom's events are an open set: new types appear without notice, fields change type between families (a meeting id is
 * text in one and a number in another) and numbers exceed 2<sup>53</sup>. So the event is given as the JSON text that was
 * sent, and single fields by JSON Pointer as text.
 */
public interface ZoomEvent extends Entry {

    /**
     * An id for this event, derived from its content: the same in every replay. Zoom itself sends none.
     *
     * @return printable text without blanks
     */
    String id();

    /**
     * The type of the event, for example {@code meeting.started}.
     *
     * @return the text of the field {@code event} as sent, any text at all
     */
    String type();

    /**
     * When the event happened according to Zoom.
     *
     * @return the field {@code event_ts}; empty where Zoom sends none or nothing that is a time
     */
    Optional<Instant> occurredAt();

    /**
     * Whether this event repeats an earlier one. Handlers do not see repeats unless they ask for them.
     *
     * @return the sequence of the first, or empty if this is the first
     */
    OptionalLong duplicateOf();

    /**
     * The event, character for character as Zoom sent it: key order and number formats are untouched, and control characters
     * that were sent raw inside strings are still there, which a strict parser refuses.
     *
     * @return a JSON object as text
     */
    String json();

    /**
     * The text of one field.
     *
     * @param pointer a JSON Pointer (RFC 6901), for example {@code /payload/object/id}
     * @return the text of a string, or the literal of a number or boolean; empty if there is no such field or it is null, an
     *     object or an array
     * @throws IllegalArgumentException if the pointer is malformed
     */
    Optional<String> text(String pointer);

    /**
     * The account in which the event happened. A master account receives those of its sub-accounts in one stream.
     *
     * @return {@code payload.account_id}, or {@code payload.accountId} as chat-bot events spell it
     */
    default Optional<String> accountId() {
        return text("/payload/account_id").or(() -> text("/payload/accountId"));
    }
}
