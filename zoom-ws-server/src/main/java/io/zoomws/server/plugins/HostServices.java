package io.zoomws.server.plugins;

import com.google.inject.Binder;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.ParkedQueue;
import io.zoomws.spi.PluginContext;
import io.zoomws.spi.PluginMetrics;
import java.time.Clock;

/**
 * What a handler's constructor may ask for, and the plugin's Guice modules too.
 *
 * @param context who it is
 * @param reader of the journal it is handed
 * @param cursors of the instance's own
 * @param clock the host's
 * @param metrics of the instance
 * @param parked what the instance failed on
 * @param settings of the instance, to be checked and put into the plugin's record
 */
public record HostServices(
        PluginContext context,
        JournalReader reader,
        Cursors cursors,
        Clock clock,
        PluginMetrics metrics,
        ParkedStore parked,
        RawSettings settings) {

    /**
     * The same with another reader.
     *
     * @param other such as a {@link LentReader}, which the handler may close
     * @return what is then to be handed to the plugin
     */
    public HostServices withReader(JournalReader other) {
        return new HostServices(context, other, cursors, clock, metrics, parked, settings);
    }

    /** All but the settings, whose type is the plugin's. */
    void bindIn(Binder binder) {
        binder.bind(PluginContext.class).toInstance(context);
        binder.bind(JournalReader.class).toInstance(reader);
        binder.bind(Cursors.class).toInstance(cursors);
        binder.bind(Clock.class).toInstance(clock);
        binder.bind(PluginMetrics.class).toInstance(metrics);
        binder.bind(ParkedQueue.class).toInstance(parked);
    }
}
