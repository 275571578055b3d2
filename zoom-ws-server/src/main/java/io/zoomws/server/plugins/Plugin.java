package io.zoomws.server.plugins;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.NotReplayable;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.SideEffects;
import io.zoomws.spi.SpiLevel;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin whose class is loaded. Any number of handlers can be built of it; they share its classes, static fields included. To
 * be closed when none of its code runs any more.
 */
public final class Plugin implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Plugin.class);

    private final PluginDirectory directory;
    private final List<Path> jars;
    private final Path jar;
    private final PluginClassLoader loader;
    private final Class<? extends EventHandler> handlerType;

    private Plugin(
            PluginDirectory directory,
            PluginDirectory.Contents contents,
            PluginClassLoader loader,
            Class<? extends EventHandler> handlerType) {
        this.directory = directory;
        this.jars = contents.jars();
        this.jar = contents.handlerJar();
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
            return new Plugin(directory, contents, loader, type.asSubclass(EventHandler.class));
        } catch (ClassNotFoundException
                | RuntimeException
                | LinkageError e) { // among them SecurityException, of a class java.…
            close(loader, directory.name());
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
     * Where it lies.
     *
     * @return its folder
     */
    public Path path() {
        return directory.path();
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
        return sideEffects(handlerType);
    }

    /**
     * Why a replay through it makes no sense, as its handler declares. None of the handler's code runs.
     *
     * @return empty if it does
     */
    public Optional<String> notReplayable() {
        return Optional.ofNullable(handlerType.getAnnotation(NotReplayable.class))
                .map(NotReplayable::value);
    }

    private static Optional<String> sideEffects(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(SideEffects.class)).map(SideEffects::value);
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
     * What it says of itself by its classes. None of its code runs.
     *
     * @return for the operator
     * @throws PluginException if its handler or its settings cannot be
     */
    public PluginDescription describe() throws PluginException {
        try {
            List<PluginDescription.SettingText> settings =
                    HandlerConstructor.of(handlerType)
                            .settings()
                            .map(SettingsRecord::components)
                            .orElseGet(List::of)
                            .stream()
                            .map(PluginDescription.SettingText::of)
                            .toList();
            return new PluginDescription(
                    jars,
                    handlerClass(),
                    SpiLevel.CURRENT,
                    BatchHandler.class.isAssignableFrom(handlerType),
                    OwnPosition.class.isAssignableFrom(handlerType),
                    isRebuildable(),
                    sideEffects(),
                    settings);
        } catch (Refusal e) {
            throw directory.refused(jar, e.what(), e.remedy());
        } catch (LinkageError | TypeNotPresentException e) {
            throw notBuilt(Causes.line(e));
        }
    }

    /**
     * Checks what is set for an instance of it. None of its code runs, so that what its record itself refuses is not found.
     *
     * @param raw what is set
     * @throws PluginException if anything of it is unknown, missing or of the wrong type; it names every mistake
     */
    public void check(RawSettings raw) throws PluginException {
        try {
            Optional<SettingsRecord> settings =
                    HandlerConstructor.of(handlerType).settings();
            if (settings.isPresent()) {
                settings.get().check(raw);
            } else if (!raw.values().isEmpty()) {
                throw SettingsRecord.notTaken(raw);
            }
        } catch (Refusal e) {
            throw directory.refused(jar, e.what(), e.remedy());
        } catch (LinkageError | TypeNotPresentException e) {
            throw notBuilt(Causes.line(e));
        }
    }

    /**
     * Builds a new handler. Runs the plugin's code: to be called on a thread that is its own.
     *
     * @param services what its constructor may ask for
     * @return the handler
     * @throws PluginException if it cannot be built, whatever the constructor threw; the message holds no secret of its settings
     */
    public EventHandler newHandler(HostServices services) throws PluginException {
        Mask mask = Mask.NONE;
        try {
            HandlerConstructor constructor = HandlerConstructor.of(handlerType);
            Optional<SettingsRecord.Filled> settings = fill(constructor.settings(), services.settings());
            mask = settings.map(SettingsRecord.Filled::mask).orElse(mask);
            EventHandler handler = new HandlerBuilder(handlerType, constructor, loader).build(services, settings);
            requireSideEffectsDeclared(handler.getClass());
            return handler;
        } catch (Refusal e) {
            throw directory.refused(jar, e.what(), e.remedy());
        } catch (Throwable e) { // A stranger's constructor may throw anything.
            boolean mayQuote = services.reader() instanceof LentReader lent && lent.isUsed();
            throw notBuilt(mayQuote ? Causes.silent(e) : BuildFault.line(e, mask));
        }
    }

    /** A replay is refused by what the named class declares, before anything is built: what the plugin binds must say no more. */
    private void requireSideEffectsDeclared(Class<?> built) throws Refusal {
        if (sideEffects().isEmpty() && sideEffects(built).isPresent()) {
            throw new Refusal(
                    "its Guice module provides " + built.getName() + ", which declares @SideEffects, for the handler "
                            + handlerType.getName() + ", which does not",
                    "declare them on " + handlerType.getName() + " too");
        }
    }

    /** Lets go of the jars. What is not loaded yet cannot be loaded from now on. A second call does nothing. */
    @Override
    public void close() {
        close(loader, name());
    }

    private static void close(PluginClassLoader loader, String plugin) {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("plugin {}: its jars cannot be closed ({})", plugin, e.toString());
        }
    }

    private Optional<SettingsRecord.Filled> fill(Optional<SettingsRecord> settings, RawSettings raw) throws Refusal {
        if (settings.isPresent()) {
            return Optional.of(settings.get().fill(raw));
        }
        if (!raw.values().isEmpty()) {
            throw SettingsRecord.notTaken(raw);
        }
        return Optional.empty();
    }

    /** Without what was thrown, whose message may quote a secret. */
    private PluginException notBuilt(String reason) {
        return directory.refused(
                jar,
                "its handler " + handlerType.getName() + " cannot be built (" + reason + ")",
                "mend its constructor or its Guice module");
    }

    /**
     * Refuses the plugin for what its handler said before it was handed anything.
     *
     * @param problem what is wrong
     * @param remedy what to do
     * @return to be thrown; names plugin, folder and jar
     */
    public PluginException refused(String problem, String remedy) {
        return new PluginException(directory.text(jar, problem, remedy));
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
