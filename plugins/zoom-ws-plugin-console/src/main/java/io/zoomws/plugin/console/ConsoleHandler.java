package io.zoomws.plugin.console;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.io.PrintStream;

/** Prints one line an event to standard output. */
public final class ConsoleHandler implements EventHandler {

    private final PrintStream out;

    /** Called by the plugin host. */
    public ConsoleHandler() {
        this(System.out);
    }

    ConsoleHandler(PrintStream out) {
        this.out = out;
    }

    @Override
    public void handle(ZoomEvent event, Delivery delivery) throws RetryLater {
        print(EventLine.of(event, delivery));
    }

    @Override
    public void gap(Gap gap, Delivery delivery) throws RetryLater {
        print(EventLine.of(gap, delivery));
    }

    private void print(String line) throws RetryLater {
        out.println(line);
        // A PrintStream keeps its errors to itself. Asking also flushes, so that a line is out before its position is
        // saved.
        if (out.checkError()) {
            throw new StandardOutputNotWritable();
        }
    }
}
