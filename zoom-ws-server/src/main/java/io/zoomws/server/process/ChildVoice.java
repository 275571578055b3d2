package io.zoomws.server.process;

import io.zoomws.server.delivery.PluginInstance;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports, for the server to read. One thread at a time. */
final class ChildVoice {

    private static final Logger log = LoggerFactory.getLogger(ChildVoice.class);

    private final OutputStream out;
    private PluginInstance.@Nullable Status last;

    ChildVoice(OutputStream out) {
        this.out = out;
    }

    /** Says how the instance is, if that has changed. */
    void say(PluginInstance.Status status) {
        if (!status.equals(last)) {
            last = status;
            say(ChildReport.of(status));
        }
    }

    /** In one write, which a pipe keeps together: log lines come from another thread. */
    void say(ChildReport report) {
        try {
            out.write((report.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("the server has ended, as standard input will say", e);
        }
    }
}
