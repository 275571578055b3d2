package com.example.meetinglog;

import io.zoomws.spi.PluginSettings;
import io.zoomws.spi.Setting;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be set below {@code zoomws.plugins.meeting-log.settings}.
 *
 * @param file where the lines go; one that is not absolute is in the plugin's own folder
 * @param shortest meetings that were shorter are left out
 */
@PluginSettings
public record MeetingLogSettings(
        @Setting(standard = "meetings.csv", text = "Where the lines go.") Path file,
        @Setting(standard = "0s", text = "Meetings that were shorter are left out.") Duration shortest) {

    /** Refuses what cannot be meant; the message is shown to the operator. */
    public MeetingLogSettings {
        if (shortest.isNegative()) {
            throw new IllegalArgumentException("shortest is 0s or more, not " + shortest);
        }
    }
}
