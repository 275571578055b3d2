package io.zoomws.camel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class logs, where the log is all that a user sees of it. */
final class LoggedLines implements AutoCloseable {

    private final Logger logger;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    private LoggedLines(Logger logger) {
        this.logger = logger;
    }

    static LoggedLines of(Class<?> type) {
        LoggedLines lines = new LoggedLines((Logger) LoggerFactory.getLogger(type));
        lines.appender.start();
        lines.logger.addAppender(lines.appender);
        return lines;
    }

    List<String> errors() {
        return lines(Level.ERROR);
    }

    List<String> warnings() {
        return lines(Level.WARN);
    }

    /** Whether a line carries an exception, whose message would be printed below it. */
    boolean printsExceptions() {
        return events.stream().anyMatch(event -> event.getThrowableProxy() != null);
    }

    private List<String> lines(Level level) {
        return events.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
    }
}
