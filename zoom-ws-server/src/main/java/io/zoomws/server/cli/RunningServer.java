package io.zoomws.server.cli;

import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.control.ControlClient;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The options that choose the running server of a subscription, and what is asked of it. */
final class RunningServer {

    /** Longer than the server takes to stop an instance that does not want to, and to build one that takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    /** Asks for what is answered within a moment. */
    Map<String, @Nullable Object> ask(String request, Map<String, ?> fields)
            throws ConfigurationException, CommandException, ControlException {
        return ask(request, fields, told -> {});
    }

    /** Asks for what may take longer, and is told meanwhile. */
    Map<String, @Nullable Object> ask(String request, Map<String, ?> fields, Consumer<Map<?, ?>> progress)
            throws ConfigurationException, CommandException, ControlException {
        JournalOptions.Choice choice = journal.choose();
        try (ControlClient client = ControlClient.open(choice.data().resolve(choice.subscription()))) {
            return client.call(new ControlRequest(request, fields), progress, PATIENCE);
        }
    }
}
