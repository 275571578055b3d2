package io.zoomws.server.alert;

import io.zoomws.auth.JsonPost;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import java.util.Optional;

/** Whom to tell. Methods may be called by any thread. */
public interface AlertTarget {

    /**
     * Tells, and waits until it is told, for as long as the settings allow.
     *
     * @param alert what
     * @throws AlertException if that failed
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void tell(Alert alert) throws AlertException, InterruptedException;

    /**
     * The one that the settings name; nothing is told or tried yet.
     *
     * @param settings who is told
     * @param transport the way to an address
     * @return empty if they name none
     */
    static Optional<AlertTarget> of(AlertSettings settings, Transport transport) {
        if (!settings.command().isEmpty()) {
            return Optional.of(new CommandTarget(settings.command(), settings.timeLimit()));
        }
        return settings.url()
                .map((Secret url) ->
                        new HttpTarget(new JsonPost(url, transport, settings.timeLimit(), "zoomws.alert.url")));
    }
}
