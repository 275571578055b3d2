package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExitCallersTest {

    private static final StackTraceElement[] EXITING = {
        new StackTraceElement("java.lang.Runtime", "exit", "Runtime.java", 1),
        new StackTraceElement("acme.Handler", "handle", "Handler.java", 7)
    };
    private static final StackTraceElement[] BUSY = {new StackTraceElement("acme.Handler", "handle", "Handler.java", 8)
    };

    private final ClassLoader first = new URLClassLoader("plugin test", new URL[0], null);
    private final ClassLoader second = new URLClassLoader("plugin test", new URL[0], null);
    private final Map<Thread, StackTraceElement[]> threads = new LinkedHashMap<>();

    @Test
    void aPluginsOwnThreadHasTheNameOfTheInstance() {
        add("plugin mine", first, EXITING);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread plugin mine");
    }

    @Test
    void aThreadThatAPluginHasStartedIsTracedToItsInstance() {
        add("pool-1-thread-1", second, EXITING);
        add("plugin mine", first, BUSY);
        add("plugin other", second, BUSY);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread pool-1-thread-1 of plugin instance other");
    }

    @Test
    void aThreadWhoseInstanceHasEndedIsTracedToThePlugin() {
        add("left", first, EXITING);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread left of plugin test");
    }

    @Test
    void threadsOfTheServerAreNamedAsTheyAre() {
        add("main", getClass().getClassLoader(), EXITING);
        add("other", getClass().getClassLoader(), EXITING);
        add("idle", first, BUSY);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread main, thread other");
        assertThat(ExitCallers.text(Map.of())).isEqualTo("or a signal came");
    }

    private void add(String name, ClassLoader context, StackTraceElement[] frames) {
        Thread thread = new Thread(() -> {}, name);
        thread.setContextClassLoader(context);
        threads.put(thread, frames);
    }
}
