package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.Cursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens where a position cannot be used: by default nothing, with a reason; else what the option says, with a line. */
class LostPositionTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void aPositionThatRetentionRemovedStopsTheStart() throws Exception {
        fill(10, 5, 3);
        bind();
        route("zoomws:main?cursor=c");
        assertThatThrownBy(camel::start)
                .hasMessage(
                        "zoomws:main: cursor=c stands at sequence 3, and the oldest entry is 5: sequences 3 to 4 were"
                                + " removed before they were delivered. Set or delete the cursor, or set onLostPosition");
    }

    @Test
    void aPositionThatRetentionRemovedGoesOnAtTheOldestEntryIfWanted() throws Exception {
        fill(10, 5, 3);
        bind();
        route("zoomws:main?cursor=c&onLostPosition=earliest");
        try (LoggedLines lines = LoggedLines.of(Beginning.class)) {
            camel.start();
            assertThat(lines.warnings())
                    .containsExactly(
                            "zoomws:main (route r): cursor=c: the oldest entry is 5, and onLostPosition is earliest: sequences 3 to 4"
                                    + " were NOT delivered; it goes on at 5");
        }
        assertThat(take()).isEqualTo("5 true");
    }

    @Test
    void aPositionThatRetentionRemovedGoesOnWithWhatComesIfWanted() throws Exception {
        fill(10, 5, 3);
        bind();
        route("zoomws:main?cursor=c&onLostPosition=latest");
        camel.start();
        journal.event("later");
        assertThat(take()).isEqualTo("11 false");
    }

    @Test
    void aPositionFromTheFutureGoesOnAtTheOldestEntryIfWantedAndAllThereIsMayBeARepeat() throws Exception {
        fill(2, 1, 1000);
        bind();
        route("zoomws:main?cursor=c&onLostPosition=earliest");
        camel.start();
        assertThat(take()).isEqualTo("1 true");
        assertThat(take()).isEqualTo("2 true");
        journal.event("later");
        assertThat(take()).isEqualTo("3 false");
    }

    @Test
    void aCursorWhoseFileIsGoneIsToldAndSetAnewIfWanted(@TempDir Path data) throws Exception {
        try (WriterProcess writer = WriterProcess.start(data)) {
            writer.append(2);
        }
        try (Cursor cursor = io.zoomws.journal.Journals.cursors(data, "main").open("c")) {
            cursor.saveAtRest(3);
        }
        Files.delete(data.resolve("main/cursors/c"));
        String from = "zoomws:main?cursor=c&data=" + data;
        try (CamelContext refusing = new DefaultCamelContext()) {
            refusing.addRoutes(RouteProcess.routes(from, "mock:out"));
            assertThatThrownBy(refusing::start)
                    .hasMessageStartingWith(
                            "zoomws:main: cursor=c: The cursor " + data.resolve("main/cursors/c") + " is gone, so");
        }
        route(from + "&onLostPosition=earliest");
        camel.start();
        assertThat(take()).isEqualTo("2 true");
        assertThat(take()).isEqualTo("3 true");
    }

    private void fill(int events, long oldest, long position) {
        for (int n = 0; n < events; n++) {
            journal.event("a");
        }
        journal.removeBefore(oldest);
        try (Cursor cursor = journal.open("c")) {
            cursor.save(position);
        }
    }

    private void bind() {
        camel.getRegistry().bind("zoomws-reader-main", journal);
        camel.getRegistry().bind("zoomws-cursors-main", journal);
    }

    private void route(String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .routeId("r")
                        .process(exchange -> seen.add(exchange.getMessage().getHeader(ZoomWsConstants.SEQUENCE) + " "
                                + exchange.isExternalRedelivered()));
            }
        });
    }

    private String take() throws InterruptedException {
        String taken = seen.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
