package io.zoomws.camel;

import org.apache.camel.spi.Metadata;

/** The headers that an exchange from {@code zoomws:} carries, and the exchange property that holds the entry itself. */
public final class ZoomWsConstants {

    /** Sequence of the entry in its journal. */
    @Metadata(label = "consumer", description = "The sequence of the entry in its journal", javaType = "long")
    public static final String SEQUENCE = "CamelZoomWsSequence";

    /** Id of the event. */
    @Metadata(
            label = "consumer",
            description = "An id derived from the event's content, the same in every delivery and replay: use it for an"
                    + " idempotent consumer. Absent for a gap",
            javaType = "String")
    public static final String ID = "CamelZoomWsId";

    /** Type of the event. */
    @Metadata(
            label = "consumer",
            description = "The type of the event, such as meeting.started. Absent for a gap",
            javaType = "String")
    public static final String EVENT = "CamelZoomWsEvent";

    /** Kind of the entry. */
    @Metadata(label = "consumer", description = "What the entry is", javaType = "String", enums = "event,gap")
    public static final String KIND = "CamelZoomWsKind";

    /** When the frame was received. */
    @Metadata(label = "consumer", description = "When the frame was received", javaType = "java.time.Instant")
    public static final String RECEIVED_AT = "CamelZoomWsReceivedAt";

    /** When the event happened. */
    @Metadata(
            label = "consumer",
            description = "When the event happened according to Zoom (event_ts); absent where Zoom does not say",
            javaType = "java.time.Instant")
    public static final String OCCURRED_AT = "CamelZoomWsOccurredAt";

    /** Name of the subscription. */
    @Metadata(label = "consumer", description = "The name of the subscription", javaType = "String")
    public static final String SUBSCRIPTION = "CamelZoomWsSubscription";

    /** Number of the connection. */
    @Metadata(
            label = "consumer",
            description = "The connection on which the frame arrived, 0 if none",
            javaType = "long")
    public static final String CONNECTION = "CamelZoomWsConnection";

    /** Account of the event. */
    @Metadata(
            label = "consumer",
            description = "The account in which the event happened; absent where the event does not say",
            javaType = "String")
    public static final String ACCOUNT_ID = "CamelZoomWsAccountId";

    /** Sequence of the first of equal events. */
    @Metadata(
            label = "consumer",
            description = "The sequence of the event that this one repeats; absent if it repeats none. Only with"
                    + " includeDuplicates=true",
            javaType = "long")
    public static final String DUPLICATE_OF = "CamelZoomWsDuplicateOf";

    /** Whether this is a replay. */
    @Metadata(label = "consumer", description = "Whether source=replay delivers this", javaType = "boolean")
    public static final String REPLAY = "CamelZoomWsReplay";

    /** Number of the delivery. */
    @Metadata(
            label = "consumer",
            description = "1 at first; rises each time this consumer delivers the same entry again after a failure",
            javaType = "int")
    public static final String ATTEMPT = "CamelZoomWsAttempt";

    /** Whether this may be a repeat. */
    @Metadata(
            label = "consumer",
            description =
                    "Whether the route may have seen this entry before: because an earlier attempt failed, or because"
                            + " the process that had the cursor before ended without letting go of it. Exchange.isExternalRedelivered"
                            + " says the same",
            javaType = "boolean")
    public static final String MAY_REPEAT = "CamelZoomWsMayRepeat";

    /** Start of a gap. */
    @Metadata(
            label = "consumer",
            description = "Start of the interval in which events may have been missed. Gaps only",
            javaType = "java.time.Instant")
    public static final String GAP_FROM = "CamelZoomWsGapFrom";

    /** End of a gap. */
    @Metadata(
            label = "consumer",
            description = "End of the interval in which events may have been missed. Gaps only",
            javaType = "java.time.Instant")
    public static final String GAP_TO = "CamelZoomWsGapTo";

    /** Cause of a gap. */
    @Metadata(label = "consumer", description = "Why there was no connection. Gaps only", javaType = "String")
    public static final String GAP_CAUSE = "CamelZoomWsGapCause";

    /** Exchange property, no header: the {@link io.zoomws.spi.Entry} as the journal gave it. */
    public static final String ENTRY_PROPERTY = "CamelZoomWsEntry";

    private ZoomWsConstants() {}
}
