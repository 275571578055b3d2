package io.zoomws.server;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.zoomws.server.config.Settings;
import java.util.Optional;

/** What the server is made of, from its settings. */
final class ServerModule extends AbstractModule {

    private final Settings settings;
    private final Optional<Server.Origin> origin;

    ServerModule(Settings settings, Optional<Server.Origin> origin) {
        this.settings = settings;
        this.origin = origin;
    }

    @Override
    protected void configure() {
        bind(Settings.class).toInstance(settings);
        bind(new TypeLiteral<Optional<Server.Origin>>() {}).toInstance(origin);
        bind(Server.class).in(Singleton.class);
    }
}
