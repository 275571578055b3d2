package io.zoomws.server.plugins;

import io.zoomws.spi.EventHandler;
import io.zoomws.spi.PluginSettings;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a handler is built.
 *
 * @param constructor to be called
 * @param settings what it takes of the configuration
 */
record HandlerConstructor(Constructor<? extends EventHandler> constructor, Optional<SettingsRecord> settings) {

    /** By name, since Guice may be told by its own annotation or by Jakarta's. */
    private static final Set<String> INJECT = Set.of("jakarta.inject.Inject", "com.google.inject.Inject");

    /**
     * Chooses: the constructor with {@code @Inject}, or else the only public one. Runs nothing of the plugin.
     *
     * @throws Refusal if there is no choice, or the settings it takes cannot be
     */
    static HandlerConstructor of(Class<? extends EventHandler> type) throws Refusal {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw refused(type, "is abstract", "name a class that can be built in its service entry");
        }
        Constructor<? extends EventHandler> constructor = choose(type);
        return new HandlerConstructor(constructor, settings(type, constructor));
    }

    private static Constructor<? extends EventHandler> choose(Class<? extends EventHandler> type) throws Refusal {
        List<Constructor<?>> all = List.of(type.getDeclaredConstructors());
        List<Constructor<?>> annotated =
                all.stream().filter(HandlerConstructor::isInject).toList();
        if (annotated.size() > 1) {
            throw refused(type, "has several constructors with @Inject", "leave it at the one that is to be used");
        }
        if (annotated.size() == 1) {
            return of(type, annotated.get(0));
        }
        List<Constructor<?>> open = all.stream()
                .filter(constructor -> Modifier.isPublic(constructor.getModifiers()))
                .toList();
        if (open.size() > 1) {
            throw refused(
                    type,
                    "has several public constructors and none with @Inject",
                    "leave one public, or put @Inject at the one that is to be used");
        }
        // The constructor that a class has if it writes none is as hidden as the class.
        return of(
                type,
                open.stream()
                        .findFirst()
                        .or(() -> all.stream()
                                .filter(HandlerConstructor::isSimple)
                                .findFirst())
                        .orElseThrow(() ->
                                refused(type, "has no public constructor", "make one public, or put @Inject at one")));
    }

    private static boolean isInject(Constructor<?> constructor) {
        return Arrays.stream(constructor.getAnnotations())
                .anyMatch(annotation ->
                        INJECT.contains(annotation.annotationType().getName()));
    }

    private static boolean isSimple(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    /** The same, with the type that it is known to have. */
    private static <T> Constructor<T> of(Class<T> type, Constructor<?> constructor) {
        try {
            return type.getDeclaredConstructor(constructor.getParameterTypes());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a constructor that was found is not there", e);
        }
    }

    private static Optional<SettingsRecord> settings(Class<?> handler, Constructor<?> constructor) throws Refusal {
        List<Class<?>> records = Arrays.stream(constructor.getParameterTypes())
                .filter(type -> type.isAnnotationPresent(PluginSettings.class))
                .toList();
        if (records.size() > 1) {
            throw refused(handler, "takes several records of settings", "put all settings into one record");
        }
        return records.isEmpty() ? Optional.empty() : Optional.of(SettingsRecord.of(records.get(0)));
    }

    private static Refusal refused(Class<?> handler, String what, String remedy) {
        return new Refusal("its handler " + handler.getName() + " " + what, remedy);
    }
}
