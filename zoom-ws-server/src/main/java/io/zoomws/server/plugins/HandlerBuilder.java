package io.zoomws.server.plugins;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import io.zoomws.spi.EventHandler;
import java.util.List;
import java.util.Optional;

/** Builds a handler with Guice, of what the host and the plugin's own modules bind. */
final class HandlerBuilder {

    private final Class<? extends EventHandler> type;
    private final HandlerConstructor constructor;
    private final ClassLoader loader;

    HandlerBuilder(Class<? extends EventHandler> type, HandlerConstructor constructor, ClassLoader loader) {
        this.type = type;
        this.constructor = constructor;
        this.loader = loader;
    }

    /**
     * Builds one; whatever the plugin throws may come out of it.
     *
     * @throws Refusal if the plugin's modules cannot be used
     */
    EventHandler build(HostServices services, Optional<SettingsRecord.Filled> settings) throws Refusal {
        Mask mask = settings.map(SettingsRecord.Filled::mask).orElse(Mask.NONE);
        PluginModules modules = new PluginModules(binder -> bindHost(binder, services, settings), mask);
        List<Element> bound = modules.load(loader);
        boolean handlerIsBound = PluginModules.keys(bound).contains(Key.get(type));
        EventHandler handler = Guice.createInjector(
                        Stage.PRODUCTION,
                        binder -> bindHost(binder, services, settings),
                        Elements.getModule(bound),
                        binder -> {
                            if (!handlerIsBound) {
                                bindHandler(binder, type);
                            }
                        })
                .getInstance(type);
        if (handler == null) {
            throw new Refusal(
                    "its Guice module provides null in place of the handler " + type.getName(), "mend its provider");
        }
        return handler;
    }

    private static void bindHost(Binder binder, HostServices services, Optional<SettingsRecord.Filled> settings) {
        services.bindIn(binder);
        settings.ifPresent(filled -> bindSettings(binder, filled.settings()));
    }

    @SuppressWarnings("unchecked") // an object is of its own class
    private static <T> void bindSettings(Binder binder, T settings) {
        binder.bind((Class<T>) settings.getClass()).toInstance(settings);
    }

    @SuppressWarnings("unchecked") // the constructor was chosen among those of this class
    private <T extends EventHandler> void bindHandler(Binder binder, Class<T> handler) {
        binder.bind(handler).toConstructor((java.lang.reflect.Constructor<T>) constructor.constructor());
    }
}
