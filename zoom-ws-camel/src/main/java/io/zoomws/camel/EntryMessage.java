package io.zoomws.camel;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.trait.message.MessageTrait;
import org.apache.camel.trait.message.RedeliveryTraitPayload;
import org.jspecify.annotations.Nullable;

/**
 * An entry as Camel's message. Its body and its headers are made when they are asked for, since a frame is only then parsed:
 * a route that looks at the body alone pays for no header.
 */
final class EntryMessage extends DefaultMessage {

    private final Delivery delivery;
    private final boolean replay;

    /** Whether the body was made, or replaced; only then may it be null. */
    private boolean bodyIsThere;

    EntryMessage(Exchange exchange, Delivery delivery, boolean replay) {
        super(exchange);
        this.delivery = delivery;
        this.replay = replay;
        if (delivery.isRedelivered()) {
            // What Exchange.isExternalRedelivered() tells.
            setPayloadForTrait(MessageTrait.REDELIVERY, RedeliveryTraitPayload.IS_REDELIVERY);
        }
    }

    @Override
    public void setBody(@Nullable Object body) {
        bodyIsThere = true;
        super.setBody(body);
    }

    @Override
    protected @Nullable Object createBody() {
        if (bodyIsThere) {
            return null;
        }
        bodyIsThere = true;
        Entry entry = delivery.entry();
        return entry instanceof ZoomEvent event ? event.json() : new String(entry.payload(), StandardCharsets.UTF_8);
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        Entry entry = delivery.entry();
        headers.put(ZoomWsConstants.SEQUENCE, entry.sequence());
        headers.put(ZoomWsConstants.KIND, entry.kind().label());
        headers.put(ZoomWsConstants.RECEIVED_AT, entry.receivedAt());
        headers.put(ZoomWsConstants.SUBSCRIPTION, entry.subscription());
        headers.put(ZoomWsConstants.CONNECTION, entry.connection());
        headers.put(ZoomWsConstants.REPLAY, replay);
        headers.put(ZoomWsConstants.ATTEMPT, delivery.attempt());
        headers.put(ZoomWsConstants.MAY_REPEAT, delivery.isRedelivered());
        Optional<Instant> occurred = Optional.empty();
        if (entry instanceof ZoomEvent event) {
            describe(event, headers);
            occurred = event.occurredAt();
        } else if (entry instanceof Gap gap) {
            headers.put(ZoomWsConstants.GAP_FROM, gap.from());
            headers.put(ZoomWsConstants.GAP_TO, gap.to());
            headers.put(ZoomWsConstants.GAP_CAUSE, gap.cause());
        }
        headers.put(
                Exchange.MESSAGE_TIMESTAMP,
                occurred.filter(EntryMessage::fitsMillis)
                        .orElse(entry.receivedAt())
                        .toEpochMilli());
    }

    /** What Zoom sends as a time may be one of the year 999,999,999, which no number of milliseconds reaches. */
    private static boolean fitsMillis(Instant time) {
        return !time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                && !time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private static void describe(ZoomEvent event, Map<String, Object> headers) {
        headers.put(ZoomWsConstants.ID, event.id());
        headers.put(ZoomWsConstants.EVENT, event.type());
        event.occurredAt().ifPresent(at -> headers.put(ZoomWsConstants.OCCURRED_AT, at));
        event.accountId().ifPresent(account -> headers.put(ZoomWsConstants.ACCOUNT_ID, account));
        event.duplicateOf().ifPresent(first -> headers.put(ZoomWsConstants.DUPLICATE_OF, first));
    }
}
