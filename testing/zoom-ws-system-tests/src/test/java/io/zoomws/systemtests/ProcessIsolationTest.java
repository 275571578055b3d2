package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in processes of their own, as the packaged server starts them. */
class ProcessIsolationTest {

    private static final String MORE = """
            plugin-path: [plugins, %s]
            plugins:
              console: { isolation: process }
              looper: { isolation: process }
            """;

    @TempDir
    Path folder;

    @Test
    void theyPrintWhereTheServerPrintsHoldNoSecretAndDoNotOutliveAServerThatIsKilled() throws Exception {
        PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) throws Exception {"
                        + " java.nio.file.Files.createFile(java.nio.file.Path.of(\"looping\"));"
                        + " while (true) { Thread.onSpinWait(); } }")
                .writeTo(folder.resolve("plugins/looper/looper.jar"));
        try (WireZoom zoom = WireZoom.start()) {
            Path shipped = ZoomWs.root().resolve("plugins/zoom-ws-plugin-console/target/plugin");
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), MORE.formatted(shipped));
            Map<String, String> environment = Map.of("ZOOM_CLIENT_SECRET", WireZoom.CLIENT_SECRET);
            List<ProcessHandle> children;
            try (ZoomWs server = ZoomWs.start(folder, environment, "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                for (int n = 0; n < 3; n++) {
                    connection.text(Events.asString(Events.event(n)));
                }

                List<String> lines = server.awaitOutLines(3);
                ZoomWs.awaitFile(folder.resolve("looping"));
                children =
                        ProcessHandle.of(server.pid()).orElseThrow().children().toList();

                assertThat(lines).hasSize(3).allMatch(line -> line.contains("warehouse.pallet_moved"));
                assertThat(children).hasSize(2);
                for (ProcessHandle child : children) {
                    assertThat(told(child, "cmdline")).contains("PluginProcess").doesNotContain("canary");
                    assertThat(told(child, "environ")).contains("PATH").doesNotContain("canary");
                }
                server.kill();
            }
            for (ProcessHandle child : children) {
                child.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** What everybody with this user's rights can read of a process. */
    private static String told(ProcessHandle process, String file) throws Exception {
        return Files.readString(Path.of("/proc/" + process.pid()).resolve(file), StandardCharsets.UTF_8);
    }
}
