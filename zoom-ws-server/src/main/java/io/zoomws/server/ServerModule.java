package io.zoomws.server;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.zoomws.server.config.Settings;

/** What the server is made of, from its settings. */
final class ServerModule extends AbstractModule {

    private final Settings settings;

    ServerModule(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected void configure() {
        bind(Settings.class).toInstance(settings);
        bind(Server.class).in(Singleton.class);
    }
}
