package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.PluginSettings;
import io.zoomws.spi.Setting;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the route files are.
 *
 * @param directory whose files {@code *.yaml} and {@code *.yml} are run
 * @param poll how often it is looked into
 */
@PluginSettings
public record RoutesSettings(
        @Setting(text = "the folder of the route files, *.yaml and *.yml; those in folders below are left alone")
        Path directory,

        @Setting(standard = "1s", text = "how often to look for new, changed and deleted files")
        Duration poll) {

    /**
     * Refuses an interval that would keep a processor busy, or looks like a mistake.
     *
     * @param directory as above
     * @param poll as above
     */
    public RoutesSettings {
        if (poll.compareTo(Duration.ofMillis(100)) < 0 || poll.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("poll is from 100ms to 10m, not " + poll);
        }
    }
}
