package io.zoomws.systemtests;

import io.zoomws.fixtures.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plugins that do what a plugin must not do, each in a directory of its own, and two that behave. */
final class HostilePlugins {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception { ";

    private HostilePlugins() {}

    /** Writes the number of each event, a line each, to a file; flushed, so that a reader sees what was handled. */
    static void recorder(Path directory, String file) {
        PluginJar.withHandler("private final java.io.Writer out;"
                        + " public Handler() throws java.io.IOException { out = new java.io.FileWriter(\"" + file
                        + "\", true); }" + HANDLE
                        + "out.write(event.text(\"/payload/object/number\").orElseThrow() + \"\\n\"); out.flush(); }")
                .writeTo(directory.resolve("a.jar"));
    }

    /** Takes a fifth of a second for each event. */
    static void slow(Path directory) {
        handler(directory, "java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);");
    }

    static void throwsErrors(Path directory) {
        handler(directory, "throw new StackOverflowError();");
    }

    static void throwsNull(Path directory) {
        handler(directory, "throw null;");
    }

    static void loops(Path directory) {
        handler(directory, "while (true) { Thread.onSpinWait(); }");
    }

    /** Its thread and one that it starts wait for each other for ever. */
    static void deadlocks(Path directory) {
        PluginJar.withHandler(
                        "private final Object a = new Object(); private final Object b = new Object();"
                                + " private final java.util.concurrent.CountDownLatch both ="
                                + " new java.util.concurrent.CountDownLatch(2);"
                                + " private void take(Object first, Object second) { synchronized (first) { both.countDown();"
                                + " try { both.await(); } catch (InterruptedException e) { throw new IllegalStateException(e); }"
                                + " synchronized (second) { both.countDown(); } } }" + HANDLE
                                + "Thread other = new Thread(() -> take(b, a)); other.setDaemon(true); other.start(); take(a, b); }")
                .writeTo(directory.resolve("a.jar"));
    }

    /** Starts a thread for each of the first 50 events, which waits for ever. */
    static void leaksThreads(Path directory) {
        PluginJar.withHandler("private int started;" + HANDLE + "if (started++ < 50) { Thread leak = new Thread(() -> {"
                        + " try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { return; } });"
                        + " leak.setDaemon(true); leak.start(); } }")
                .writeTo(directory.resolve("a.jar"));
    }

    static void failsInItsConstructor(Path directory) {
        PluginJar.withHandler("public Handler() { throw new AssertionError(\"not today\"); } " + HANDLE + "}")
                .writeTo(directory.resolve("a.jar"));
    }

    /** Ends the process with the event of number 5. */
    static void exits(Path directory) {
        handler(
                directory,
                "if (event.text(\"/payload/object/number\").orElseThrow().equals(\"5\")) { System.exit(7); }");
    }

    static void lacksAClass(Path directory) {
        new PluginJar()
                .source("acme.Needed", "public class Needed {}")
                .source(
                        "acme.Handler",
                        "public class Handler extends Needed implements EventHandler { " + HANDLE + "} }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .without("acme.Needed")
                .writeTo(directory.resolve("a.jar"));
    }

    static void isDamaged(Path directory) throws IOException {
        Files.writeString(Files.createDirectories(directory).resolve("a.jar"), "this is no jar");
    }

    static void isEmpty(Path directory) throws IOException {
        Files.createFile(Files.createDirectories(directory).resolve("a.jar"));
    }

    private static void handler(Path directory, String body) {
        PluginJar.withHandler(HANDLE + body + " }").writeTo(directory.resolve("a.jar"));
    }
}
