package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.InstanceContext;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.Delivery;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UncaughtExceptionsTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) {";

    private final CountDownLatch told = new CountDownLatch(1);
    private final LoggedLines lines = LoggedLines.of(UncaughtExceptions.class);
    private Thread.@Nullable UncaughtExceptionHandler before;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        UncaughtExceptions.log();
        Thread.UncaughtExceptionHandler logging = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            logging.uncaughtException(thread, thrown);
            told.countDown();
        });
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        lines.close();
    }

    @Test
    void ofAnExecutorOfAPluginOnlyClassesAndPlacesAreTold() throws Exception {
        handle(HANDLE
                + " var pool = java.util.concurrent.Executors.newSingleThreadExecutor(r -> new Thread(r, \"mine\"));"
                + " pool.execute(() -> {\n throw new RuntimeException(event.json(), new Error(event.json())); });"
                + " pool.shutdown(); }");

        assertTold("thread mine ended by an exception that nobody caught (java.lang.RuntimeException, caused by"
                + " java.lang.Error, at acme.Handler.lambda$handle$1(Handler.java:2))");
    }

    @Test
    void aThreadOfTheJdkOnWhichAPluginThrowsIsNoExcuse() throws Exception {
        handle(HANDLE
                + " Thread thread = new Thread(() -> {\n throw new IllegalStateException(event.json()); }, \"bare\");"
                + " thread.setContextClassLoader(null); thread.start(); }");

        assertTold("thread bare ended by an exception that nobody caught (java.lang.IllegalStateException, at"
                + " acme.Handler.lambda$handle$0(Handler.java:2))");
    }

    @Test
    void whatThreadAndExceptionOverrideDoesNotMatter() throws Exception {
        handle(
                "static class Odd extends Thread { Odd() { super(\"odd\"); } public void run() {\n throw new Strange(); }"
                        + " public ClassLoader getContextClassLoader() { throw new AssertionError(); } }"
                        + " static class Strange extends RuntimeException {"
                        + " public StackTraceElement[] getStackTrace() { throw new AssertionError(); }"
                        + " public Throwable getCause() { throw new AssertionError(); } } "
                        + HANDLE + " new Odd().start(); }");

        assertTold("thread odd ended by an exception that nobody caught (acme.Handler$Strange)");
    }

    @Test
    void whatTheHostThrewIsToldInFull() throws Exception {
        Thread thread = new Thread(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                "ours");
        thread.start();
        told.await();

        assertThat(lines.errors()).containsExactly("thread ours ended by an exception that nobody caught");
        assertThat(lines.printsExceptions()).isTrue();
    }

    private void assertTold(String line) throws InterruptedException {
        told.await();
        assertThat(lines.errors()).containsExactly(line);
        assertThat(lines.printsExceptions()).isFalse();
    }

    private void handle(String body) throws Exception {
        PluginJar.withHandler(body).writeTo(folder.resolve("mine/a.jar"));
        try (Plugin plugin = PluginCatalog.in(List.of(folder)).find("mine")) {
            Thread thread = Thread.currentThread();
            ClassLoader context = thread.getContextClassLoader();
            thread.setContextClassLoader(plugin.loader());
            try {
                plugin.newHandler(services()).handle(new MemoryEntry.Event(1, "a"), new Delivery(false, 1));
            } finally {
                thread.setContextClassLoader(context);
            }
            told.await();
        }
    }

    private static HostServices services() {
        return new HostServices(
                new InstanceContext("mine", "main", Path.of("")),
                new MemoryJournal(),
                new MemoryJournal(),
                Clock.systemUTC(),
                new MetricsOfPlugins().begin("mine", "main"),
                new ParkedStore(Path.of("")),
                RawSettings.none("mine"));
    }
}
