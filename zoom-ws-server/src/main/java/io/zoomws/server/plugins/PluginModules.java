package io.zoomws.server.plugins;

import com.google.inject.Binding;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** The Guice modules that a plugin brings, each looked at before it is used. */
final class PluginModules {

    private static final String SERVICE = "META-INF/services/" + Module.class.getName();

    private final Set<Key<?>> hosts;
    private final Mask mask;

    /**
     * For plugins that are given what a module of the host binds.
     *
     * @param host that module
     * @param mask hides the plugin's secrets
     */
    PluginModules(Module host, Mask mask) {
        this.hosts = keys(Elements.getElements(Stage.PRODUCTION, host));
        this.mask = mask;
    }

    /**
     * Loads them and has them say what they bind.
     *
     * @throws Refusal if one cannot be loaded, fails, or binds what the host binds
     */
    List<Element> load(ClassLoader loader) throws Refusal {
        List<Element> all = new ArrayList<>();
        try {
            for (Module module : ServiceLoader.load(Module.class, loader)) {
                all.addAll(configured(module));
            }
        } catch (ServiceConfigurationError e) {
            String reason = e.getCause() == null
                    ? Causes.words(String.valueOf(e.getMessage()), mask)
                    : Causes.line(e.getCause(), mask);
            throw new Refusal(
                    "its Guice module cannot be loaded (" + reason + ")", "mend it, or its entry in " + SERVICE);
        }
        return all;
    }

    private List<Element> configured(Module module) throws Refusal {
        List<Element> elements;
        try {
            elements = Elements.getElements(Stage.PRODUCTION, module);
        } catch (Throwable e) { // A stranger's module may throw anything.
            throw failed(module, Causes.line(e, mask));
        }
        for (Element element : elements) {
            if (element instanceof Message message) {
                throw failed(module, BuildFault.line(message, mask));
            }
        }
        Set<Key<?>> taken = keys(elements);
        taken.retainAll(hosts);
        for (Key<?> key : taken) {
            throw new Refusal(
                    "its Guice module " + module.getClass().getName() + " binds "
                            + key.getTypeLiteral().getRawType().getName() + ", which the host binds",
                    "leave that out, or bind it with an annotation");
        }
        return elements;
    }

    private static Refusal failed(Module module, String reason) {
        return new Refusal(
                "its Guice module " + module.getClass().getName() + " failed (" + reason + ")", "mend this module");
    }

    /** What is bound; a set of its own, to be changed by the caller. */
    static Set<Key<?>> keys(List<Element> elements) {
        Set<Key<?>> keys = new HashSet<>();
        for (Element element : elements) {
            if (element instanceof Binding<?> binding) {
                keys.add(binding.getKey());
            }
        }
        return keys;
    }
}
