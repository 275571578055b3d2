package io.zoomws.server.plugins;

import com.google.inject.Binder;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.ParkedQueue;
import io.zoomws.spi.PluginContext;
import java.time.Clock;

/**
 * What a handler's constructor may ask for.
 *
 * @param context who it is
 * @param reader of the journal it is handed; the handler may close what it opened, never the reader
 * @param clock the host's
 * @param parked what the instance failed on
 */
public record HostServices(PluginContext context, JournalReader reader, Clock clock, ParkedStore parked) {

    void bindIn(Binder binder) {
        binder.bind(PluginContext.class).toInstance(context);
        binder.bind(JournalReader.class).toInstance(reader);
        binder.bind(Clock.class).toInstance(clock);
        binder.bind(ParkedQueue.class).toInstance(parked);
    }
}
