package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a small file system that somebody fills. Needs root for the mount. */
class FullDiskTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void receivingStopsBeforeTheReserveIsTouchedAndGoesOnByItself() throws Exception {
        Path data = folder.resolve("data");
        try (SmallDisk disk = SmallDisk.inMemory(data, 128)) {
            assertThat(disk).isNotNull();
            fillAndEmpty(data);
        }
    }

    private void fillAndEmpty(Path data) throws Exception {
        Instant closed;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), "journal:\n  reserve: 20MB\n");
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection first = zoom.nextConnection().accept();
                first.text(Events.asString(Events.event(1)));
                URI address = URI.create(server.awaitErr("status at http").replaceAll(".*status at ", ""));
                assertThat(ready(address).statusCode()).isEqualTo(200);
                Path filler = data.resolve("filler");
                Files.write(filler, new byte[(int) data.toFile().getUsableSpace() - 24 * MIB]);

                String line = server.awaitErr("STORES NOTHING");
                assertThat(line).contains("the reserve is 20 MiB (zoomws.journal.reserve): make room");
                assertThat(first.awaitClosed()).isEqualTo(1000);
                closed = Instant.now();
                server.awaitErr("No connection: disk: ");
                HttpResponse<String> notReady = ready(address);
                assertThat(notReady.statusCode()).isEqualTo(503);
                assertThat(notReady.body()).contains("main: disk: ", "make room");

                Files.delete(filler);
                WireConnection second = zoom.nextConnection().accept();
                second.text(Events.asString(Events.event(2)));
                server.awaitErr("gap from .* \\(disk: ");
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
        }
        Journal journal = Journal.cat(folder);
        journal.assertSequenceIsDense();
        assertThat(journal.firsts()).containsExactly(Events.event(1), Events.event(2));
        assertThat(journal.inGap(closed)).isTrue();
        List<String> gaps =
                ZoomWs.run(folder, "journal", "gaps", "--format", "json").outLines();
        assertThat(gaps.get(gaps.size() - 1)).contains("\"disk\"");
    }

    private static HttpResponse<String> ready(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve("/health/ready")).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
