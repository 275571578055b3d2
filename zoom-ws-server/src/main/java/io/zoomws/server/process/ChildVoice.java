package io.zoomws.server.process;

import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.status.PluginNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports, for the server to read. One thread at a time. */
final class ChildVoice {

    private static final Logger log = LoggerFactory.getLogger(ChildVoice.class);

    private final OutputStream out;
    private final Map<String, Double> told = new HashMap<>();
    private @Nullable InstanceStatus last;

    ChildVoice(OutputStream out) {
        this.out = out;
    }

    /** Says how the instance is, if that has changed. */
    void say(InstanceStatus status) {
        if (!status.equals(last)) {
            last = status;
            say(ChildReport.of(status));
        }
    }

    /** Says which numbers have changed. */
    void say(List<PluginNumber> numbers) {
        for (PluginNumber number : numbers) {
            Double before = told.put(number.name(), number.value());
            if (before == null || before != number.value()) {
                double amount = number.counter() && before != null ? number.value() - before : number.value();
                write(new ChildNumber(number.name(), number.counter(), number.text(), amount).line());
            }
        }
    }

    void say(ChildReport report) {
        write(report.line());
    }

    /** In one write, which a pipe keeps together: log lines come from another thread. */
    private void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("the server has ended, as standard input will say", e);
        }
    }
}
