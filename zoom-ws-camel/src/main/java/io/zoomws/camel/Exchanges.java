package io.zoomws.camel;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Writes an entry into an exchange. */
final class Exchanges {

    private Exchanges() {}

    static void fill(Exchange exchange, Entry entry, boolean replay, int attempt) {
        Message message = exchange.getMessage();
        exchange.setProperty(ZoomWsConstants.ENTRY_PROPERTY, entry);
        message.setHeader(ZoomWsConstants.SEQUENCE, entry.sequence());
        message.setHeader(ZoomWsConstants.KIND, entry.kind().label());
        message.setHeader(ZoomWsConstants.RECEIVED_AT, entry.receivedAt());
        message.setHeader(ZoomWsConstants.SUBSCRIPTION, entry.subscription());
        message.setHeader(ZoomWsConstants.CONNECTION, entry.connection());
        message.setHeader(ZoomWsConstants.REPLAY, replay);
        message.setHeader(ZoomWsConstants.ATTEMPT, attempt);
        Instant received = entry.receivedAt();
        Optional<Instant> occurred = Optional.empty();
        if (entry instanceof ZoomEvent event) {
            event(message, event);
            occurred = event.occurredAt();
        } else {
            message.setBody(new String(entry.payload(), StandardCharsets.UTF_8));
            if (entry instanceof Gap gap) {
                message.setHeader(ZoomWsConstants.GAP_FROM, gap.from());
                message.setHeader(ZoomWsConstants.GAP_TO, gap.to());
                message.setHeader(ZoomWsConstants.GAP_CAUSE, gap.cause());
            }
        }
        message.setHeader(
                Exchange.MESSAGE_TIMESTAMP,
                occurred.filter(Exchanges::fitsMillis).orElse(received).toEpochMilli());
    }

    /** What Zoom sends as a time may be one of the year 999,999,999, which no number of milliseconds reaches. */
    private static boolean fitsMillis(Instant time) {
        return !time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                && !time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private static void event(Message message, ZoomEvent event) {
        message.setBody(event.json());
        message.setHeader(ZoomWsConstants.ID, event.id());
        message.setHeader(ZoomWsConstants.EVENT, event.type());
        event.occurredAt().ifPresent(at -> message.setHeader(ZoomWsConstants.OCCURRED_AT, at));
        event.accountId().ifPresent(account -> message.setHeader(ZoomWsConstants.ACCOUNT_ID, account));
        event.duplicateOf().ifPresent(first -> message.setHeader(ZoomWsConstants.DUPLICATE_OF, first));
    }
}
