package io.zoomws.server.doctor;

import io.zoomws.server.config.Settings;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what of the configuration was understood; what was not is told by the exception that names every mistake. */
final class ConfigurationCheck {

    private ConfigurationCheck() {}

    /**
     * Judges what was understood.
     *
     * @param notices what is allowed and yet probably not meant, each with what to do
     */
    static Verdict judge(Settings settings, List<String> notices) {
        int subscriptions = settings.subscriptions().size();
        String found = (subscriptions == 1 ? "1 subscription (" : subscriptions + " subscriptions (")
                + settings.subscriptions().stream()
                        .map(Settings.Subscription::name)
                        .collect(Collectors.joining(", "))
                + "), data in " + settings.data().toAbsolutePath().normalize();
        return notices.isEmpty() ? Verdict.ok(found) : Verdict.warning(found, String.join("\n", notices));
    }
}
