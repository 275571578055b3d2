package io.zoomws.server.plugins;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.SideEffects;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin whose class is loaded. Any number of handlers can be built of it; they share its classes, static fields included. To
 * be closed when none of its code runs any more.
 */
public final class Plugin implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Plugin.class);

    private final PluginDirectory directory;
    private final Path jar;
    private final PluginClassLoader loader;
    private final Class<? extends EventHandler> handlerType;

    private Plugin(
            PluginDirectory directory, Path jar, PluginClassLoader loader, Class<? extends EventHandler> handlerType) {
        this.directory = directory;
        this.jar = jar;
        this.loader = loader;
        this.handlerType = handlerType;
    }

    /**
     * Loads the plugin's handler class in a new class loader. None of its code runs yet.
     *
     * @throws PluginException if it cannot be loaded
     */
    static Plugin load(PluginDirectory directory) throws PluginException {
        PluginDirectory.Contents contents = directory.inspect();
        PluginClassLoader loader =
                new PluginClassLoader(directory.name(), urls(contents.jars()), Plugin.class.getClassLoader());
        try {
            // By name, since a ServiceLoader would insist on a public constructor without parameters; Guice does not.
            Class<?> type = Class.forName(contents.handlerClass(), false, loader);
            return new Plugin(directory, contents.handlerJar(), loader, type.asSubclass(EventHandler.class));
        } catch (ClassNotFoundException | ClassCastException | LinkageError e) {
            throw new PluginException(
                    directory.text(
                            contents.handlerJar(),
                            "its handler " + contents.handlerClass() + " cannot be loaded (" + Causes.line(e) + ")",
                            "check that the class is there, implements EventHandler and finds all it needs in the folder"),
                    e);
        }
    }

    /**
     * The name of the plugin.
     *
     * @return the name of its folder
     */
    public String name() {
        return directory.name();
    }

    /**
     * The class that will be handed the events.
     *
     * @return its binary name
     */
    public String handlerClass() {
        return handlerType.getName();
    }

    /**
     * What a replay through it would do again, as its handler declares. None of the handler's code runs.
     *
     * @return empty if it declares nothing
     */
    public Optional<String> sideEffects() {
        return Optional.ofNullable(handlerType.getAnnotation(SideEffects.class)).map(SideEffects::value);
    }

    /**
     * Whether what it derived can be thrown away and derived again. None of its code runs.
     *
     * @return whether its handler is {@link Rebuildable}
     */
    public boolean isRebuildable() {
        return Rebuildable.class.isAssignableFrom(handlerType);
    }

    /**
     * The class loader of its classes.
     *
     * @return sees the plugin's jars, the JDK and the contract
     */
    public ClassLoader loader() {
        return loader;
    }

    /**
     * Builds a new handler. Runs the plugin's code: to be called on a thread that is its own.
     *
     * @param services what its constructor may ask for
     * @return the handler
     * @throws PluginException if it cannot be built, whatever the constructor threw
     */
    public EventHandler newHandler(HostServices services) throws PluginException {
        try {
            List<Module> modules = new ArrayList<>();
            modules.add(services::bindIn);
            ServiceLoader.load(Module.class, loader).forEach(modules::add);
            Injector injector = Guice.createInjector(Stage.PRODUCTION, modules);
            return injector.getInstance(handlerType);
        } catch (ConfigurationException | CreationException | ProvisionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw notBuilt(reason);
        } catch (Throwable e) { // A stranger's constructor may throw anything.
            throw notBuilt(e);
        }
    }

    /** Lets go of the jars. What is not loaded yet cannot be loaded from now on. A second call does nothing. */
    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("plugin {}: its jars cannot be closed ({})", name(), e.toString());
        }
    }

    private PluginException notBuilt(Throwable reason) {
        return new PluginException(
                directory.text(
                        jar,
                        "its handler " + handlerType.getName() + " cannot be built (" + Causes.line(reason) + ")",
                        "mend its constructor or its Guice module"),
                reason);
    }

    private static URL[] urls(List<Path> jars) {
        return jars.stream()
                .map(jar -> {
                    try {
                        return jar.toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException("a file has no URL: " + jar, e);
                    }
                })
                .toArray(URL[]::new);
    }
}
