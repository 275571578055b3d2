package io.zoomws.server.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * Makes a line of what is logged: by a pattern for people, or a JSON object for machines. Which of them can change while lines are
 * being written, and is the same for every appender of the process, since all write to standard error.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private static volatile LogSettings.Format format = LogSettings.Format.TEXT;

    private final PatternLayout layout = new PatternLayout();

    /** For the logging library, which names this class in its configuration. */
    public LineEncoder() {}

    static void format(LogSettings.Format other) {
        format = other;
    }

    /**
     * Sets the pattern of the lines for people.
     *
     * @param pattern as logback writes it
     */
    public void setPattern(String pattern) {
        layout.setPattern(pattern);
    }

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return switch (format) {
            case TEXT -> layout.doLayout(event).getBytes(StandardCharsets.UTF_8);
            case JSON -> JsonLine.of(event);
        };
    }
}
