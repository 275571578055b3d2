package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.ExitCallers.Seen;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExitCallersTest {

    private final ClassLoader first = new URLClassLoader("plugin test", new URL[0], null);
    private final ClassLoader second = new URLClassLoader("plugin test", new URL[0], null);
    private final List<Seen> threads = new ArrayList<>();

    @Test
    void aPluginsOwnThreadHasTheNameOfTheInstance() {
        add("plugin mine", first, true);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread plugin mine");
    }

    @Test
    void aThreadThatAPluginHasStartedIsTracedToItsInstance() {
        add("pool-1-thread-1", second, true);
        add("plugin mine", first, false);
        add("plugin other", second, false);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread pool-1-thread-1 of plugin instance other");
    }

    @Test
    void aThreadWhoseInstanceHasEndedIsTracedToThePlugin() {
        add("left", first, true);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread left of plugin test");
    }

    @Test
    void threadsOfTheServerAreNamedAsTheyAre() {
        threads.add(new Seen("main", Optional.empty(), true));
        threads.add(new Seen("ot\nher", Optional.empty(), true));
        add("idle", first, false);

        assertThat(ExitCallers.text(threads)).isEqualTo("thread main, thread ot?her");
        assertThat(ExitCallers.text(List.of())).isEqualTo("or a signal came");
    }

    @Test
    void nobodyIsInsideExitWhileTheProcessRuns() {
        assertThat(ExitCallers.threads())
                .noneMatch(Seen::exiting)
                .extracting(Seen::name)
                .contains(Thread.currentThread().getName());
    }

    private void add(String name, ClassLoader plugin, boolean exiting) {
        threads.add(new Seen(name, Optional.of(plugin), exiting));
    }
}
