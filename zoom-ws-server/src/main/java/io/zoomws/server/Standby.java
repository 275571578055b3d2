package io.zoomws.server;

import io.zoomws.journal.Journals;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.Settings;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that waits until nobody writes the journals of its configuration, to go on in place of who did. The lock of a journal
 * goes with the process that has it, however that ends; so at most one of any number of standbys takes over, on this machine.
 */
public final class Standby {

    private static final Logger log = LoggerFactory.getLogger(Standby.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ConfigurationSource source;
    private final StopRequest stop;

    /**
     * Prepares to wait.
     *
     * @param source read when the wait begins, so that mistakes are known before it matters, and again when it is over
     * @param stop ends the wait
     */
    public Standby(ConfigurationSource source, StopRequest stop) {
        this.source = source;
        this.stop = stop;
    }

    /**
     * Waits, and starts the server.
     *
     * @return the running server; empty if it was asked to stop before
     * @throws ConfigurationException if anything in the configuration is wrong
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws JournalException if a journal that nobody holds cannot be opened
     */
    public Optional<Server> takeOver() throws ConfigurationException, InterruptedException {
        Settings settings = source.read().settings();
        String told = "";
        while (!stop.isRequested()) {
            Optional<String> held = held(settings);
            if (held.isPresent()) {
                if (!held.get().equals(told)) {
                    told = held.get();
                    log.info("standing by: {}", told);
                }
                stop.await(BETWEEN_LOOKS);
            } else {
                try {
                    return Optional.of(Server.start(source));
                } catch (JournalException e) {
                    if (held(settings).isEmpty()) {
                        throw e;
                    }
                    // Another standby was quicker.
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> held(Settings settings) {
        return settings.subscriptions().stream()
                .map(Settings.Subscription::name)
                .flatMap(name -> Journals.holder(settings.data(), name)
                        .map(holder -> "the journal of " + name + " in " + settings.data() + " is in use by " + holder)
                        .stream())
                .findFirst();
    }
}
