package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    Path folder;

    @Test
    void theDemoEndsWithASummaryThatAddsUp() throws Exception {
        ZoomWs.Result result =
                ZoomWs.run(folder, Map.of(), "demo", "--rate", "50/s", "--for", "3s", "--data", "demo-data");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).containsIgnoringCase("sent").containsIgnoringCase("gaps");
        assertThat(result.outLines()).hasSizeGreaterThan(50);
        ZoomWs.Result stats = ZoomWs.run(folder, "journal", "stats", "--data", "demo-data", "--format", "json");
        assertThat(stats.status()).as(stats.err()).isZero();
    }

    @Test
    void sigtermEndsTheDemoWithItsSummary() throws Exception {
        try (ZoomWs demo = ZoomWs.start(folder, Map.of(), "demo", "--rate", "20/s")) {
            demo.awaitOutLines(10);
            demo.terminate();

            ZoomWs.Result result = demo.await();

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out() + result.err()).containsIgnoringCase("sent").containsIgnoringCase("gaps");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
