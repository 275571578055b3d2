package io.zoomws.server.doctor;

import io.zoomws.server.config.Settings;
import java.util.stream.Collectors;

/** Tells what of the configuration was understood; what was not is told by the exception that names every mistake. */
final class ConfigurationCheck {

    private ConfigurationCheck() {}

    static Verdict judge(Settings settings) {
        int subscriptions = settings.subscriptions().size();
        int plugins = settings.plugins().size();
        String found = (subscriptions == 1 ? "1 subscription (" : subscriptions + " subscriptions (")
                + settings.subscriptions().stream()
                        .map(Settings.Subscription::name)
                        .collect(Collectors.joining(", "))
                + "), " + (plugins == 1 ? "1 plugin" : plugins + " plugins") + ", data in "
                + settings.data().toAbsolutePath().normalize();
        return settings.connection().allowInsecure()
                ? Verdict.warning(
                        found + ", and allow-insecure is true: token and events may travel in the clear",
                        "remove zoomws.connection.allow-insecure where events or tokens are real")
                : Verdict.ok(found);
    }
}
