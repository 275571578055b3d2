package io.zoomws.server.plugins;

import com.google.inject.Binder;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.PluginContext;
import java.time.Clock;

/**
 * What a handler's constructor may ask for.
 *
 * @param context who it is
 * @param reader of the journal it is handed; the handler may close what it opened, never the reader
 * @param clock the host's
 */
public record HostServices(PluginContext context, JournalReader reader, Clock clock) {

    void bindIn(Binder binder) {
        binder.bind(PluginContext.class).toInstance(context);
        binder.bind(JournalReader.class).toInstance(reader);
        binder.bind(Clock.class).toInstance(clock);
    }
}
