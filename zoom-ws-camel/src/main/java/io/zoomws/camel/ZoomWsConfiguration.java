package io.zoomws.camel;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint as they were written, none of them checked yet. */
@UriParams
public class ZoomWsConfiguration {

    @UriParam(
            label = "consumer",
            defaultValue = "tail",
            enums = "tail,replay,live",
            description = "Where events come from: tail follows the journal that a server writes, for ever; "
                    + "replay delivers a range of it and ends; live connects to Zoom and writes the journal in this "
                    + "Camel context.")
    private String source = "tail";

    @UriParam(
            label = "consumer",
            description = "The data directory of the server that writes the journal; with source=live where this "
                    + "context writes it. Not needed where the host has bound a reader in the registry.")
    private @Nullable String data;

    @UriParam(
            label = "consumer",
            description = "The durable name under which the position is saved when exchanges are done. It has "
                    + "one holder at a time. Without it from decides at each start.")
    private @Nullable String cursor;

    @UriParam(
            label = "consumer",
            description = "Where to begin: earliest, latest, a sequence number or an ISO-8601 time with offset. "
                    + "With a cursor only until it has a position. Default: latest for tail and live, earliest for "
                    + "replay.")
    private @Nullable String from;

    @UriParam(
            label = "consumer",
            description = "Where a replay ends, exclusive: earliest, latest (at the start of the route), a "
                    + "sequence number or an ISO-8601 time with offset. Default: latest.")
    private @Nullable String to;

    @UriParam(
            label = "consumer",
            // Camel's generator drops the character itself.
            description = "Event types to deliver, separated by commas, in which an asterisk stands for any "
                    + "characters. Default: all.")
    private @Nullable String events;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description = "Whether events that repeat an earlier one are delivered too.")
    private boolean includeDuplicates;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description = "Whether intervals in which events may have been missed are delivered too, as "
                    + "exchanges with the header CamelZoomWsKind=gap.")
    private boolean includeGaps;

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description = "How many exchanges may be under way at once, at most 1000. More than 1 has an effect on "
                    + "asynchronous routes only, and gives up their order.")
    private int maxInflight = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description = "Whether an event whose exchange failed after the error handler is delivered again, "
                    + "for ever, before the position moves past it. If false it is logged and LOST to this "
                    + "route: passed over.")
    private boolean breakOnFirstError = true;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "The delay before a failed event is delivered again. It doubles with each failure up "
                    + "to one minute.")
    private long redeliveryDelay = 1000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "stop",
            enums = "stop,earliest,latest",
            description = "What to do if the position cannot be used, because it is lost or damaged, or stands before "
                    + "the oldest entry or behind the end of the journal: deliver nothing and say why, go on at "
                    + "the oldest entry, or go on with what comes. What is skipped is logged.")
    private String onLostPosition = "stop";

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description = "Whether to wait for a cursor that another consumer has, on this host, and to take over "
                    + "when that lets go of it or dies, rather than to fail at the start.")
    private boolean standby;

    /** Every option at its default. */
    public ZoomWsConfiguration() {}

    /**
     * Where events come from: tail follows the journal that a server writes, for ever; replay delivers a range of it and ends;
     * live connects to Zoom and writes the journal in this Camel context.
     *
     * @return the option source
     */
    public String getSource() {
        return source;
    }

    /**
     * Where events come from: tail follows the journal that a server writes, for ever; replay delivers a range of it and ends;
     * live connects to Zoom and writes the journal in this Camel context.
     *
     * @param source the option source
     */
    public void setSource(String source) {
        this.source = source;
    }

    /**
     * The data directory of the server that writes the journal.
     *
     * @return the option data, or null if it was not given
     */
    public @Nullable String getData() {
        return data;
    }

    /**
     * The data directory of the server that writes the journal.
     *
     * @param data the option data
     */
    public void setData(@Nullable String data) {
        this.data = data;
    }

    /**
     * The durable name under which the position is saved when exchanges are done.
     *
     * @return the option cursor, or null if it was not given
     */
    public @Nullable String getCursor() {
        return cursor;
    }

    /**
     * The durable name under which the position is saved when exchanges are done.
     *
     * @param cursor the option cursor
     */
    public void setCursor(@Nullable String cursor) {
        this.cursor = cursor;
    }

    /**
     * Where to begin: earliest, latest, a sequence number or an ISO-8601 time with offset.
     *
     * @return the option from, or null if it was not given
     */
    public @Nullable String getFrom() {
        return from;
    }

    /**
     * Where to begin: earliest, latest, a sequence number or an ISO-8601 time with offset.
     *
     * @param from the option from
     */
    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    /**
     * Where a replay ends, exclusive: earliest, latest (at the start of the route), a sequence number or an ISO-8601 time with offset.
     *
     * @return the option to, or null if it was not given
     */
    public @Nullable String getTo() {
        return to;
    }

    /**
     * Where a replay ends, exclusive: earliest, latest (at the start of the route), a sequence number or an ISO-8601 time with offset.
     *
     * @param to the option to
     */
    public void setTo(@Nullable String to) {
        this.to = to;
    }

    /**
     * Event types to deliver, separated by commas, with * for any characters: meeting.*,user.created.
     *
     * @return the option events, or null if it was not given
     */
    public @Nullable String getEvents() {
        return events;
    }

    /**
     * Event types to deliver, separated by commas, with * for any characters: meeting.*,user.created.
     *
     * @param events the option events
     */
    public void setEvents(@Nullable String events) {
        this.events = events;
    }

    /**
     * Whether events that repeat an earlier one are delivered too.
     *
     * @return the option includeDuplicates
     */
    public boolean isIncludeDuplicates() {
        return includeDuplicates;
    }

    /**
     * Whether events that repeat an earlier one are delivered too.
     *
     * @param includeDuplicates the option includeDuplicates
     */
    public void setIncludeDuplicates(boolean includeDuplicates) {
        this.includeDuplicates = includeDuplicates;
    }

    /**
     * Whether intervals in which events may have been missed are delivered too, as exchanges with the header CamelZoomWsKind=gap.
     *
     * @return the option includeGaps
     */
    public boolean isIncludeGaps() {
        return includeGaps;
    }

    /**
     * Whether intervals in which events may have been missed are delivered too, as exchanges with the header CamelZoomWsKind=gap.
     *
     * @param includeGaps the option includeGaps
     */
    public void setIncludeGaps(boolean includeGaps) {
        this.includeGaps = includeGaps;
    }

    /**
     * How many exchanges may be under way at once.
     *
     * @return the option maxInflight
     */
    public int getMaxInflight() {
        return maxInflight;
    }

    /**
     * How many exchanges may be under way at once.
     *
     * @param maxInflight the option maxInflight
     */
    public void setMaxInflight(int maxInflight) {
        this.maxInflight = maxInflight;
    }

    /**
     * Whether an event whose exchange failed after the error handler is delivered again, for ever, before the position moves past it.
     *
     * @return the option breakOnFirstError
     */
    public boolean isBreakOnFirstError() {
        return breakOnFirstError;
    }

    /**
     * Whether an event whose exchange failed after the error handler is delivered again, for ever, before the position moves past it.
     *
     * @param breakOnFirstError the option breakOnFirstError
     */
    public void setBreakOnFirstError(boolean breakOnFirstError) {
        this.breakOnFirstError = breakOnFirstError;
    }

    /**
     * The delay before a failed event is delivered again.
     *
     * @return the option redeliveryDelay, in milliseconds
     */
    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    /**
     * The delay before a failed event is delivered again.
     *
     * @param redeliveryDelay the option redeliveryDelay, in milliseconds
     */
    public void setRedeliveryDelay(long redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    /**
     * What to do if the position cannot be used, because it is lost or damaged, or stands before the oldest entry or behind the end of the journal.
     *
     * @return the option onLostPosition
     */
    public String getOnLostPosition() {
        return onLostPosition;
    }

    /**
     * What to do if the position cannot be used, because it is lost or damaged, or stands before the oldest entry or behind the end of the journal.
     *
     * @param onLostPosition the option onLostPosition
     */
    public void setOnLostPosition(String onLostPosition) {
        this.onLostPosition = onLostPosition;
    }

    /**
     * Whether to wait for a cursor that another consumer has.
     *
     * @return the option standby
     */
    public boolean isStandby() {
        return standby;
    }

    /**
     * Whether to wait for a cursor that another consumer has.
     *
     * @param standby the option standby
     */
    public void setStandby(boolean standby) {
        this.standby = standby;
    }
}
