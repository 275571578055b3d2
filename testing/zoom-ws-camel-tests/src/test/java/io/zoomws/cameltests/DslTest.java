package io.zoomws.cameltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.Journals;
import io.zoomws.spi.Cursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.xml.in.ModelParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's routes in each DSL, and the applications that it shows them in. */
class DslTest {

    private static final int EVENTS = 5;
    private static final String XML_IO = "http://camel.apache.org/schema/xml-io";

    @TempDir
    static Path shared;

    private static ClassLoader page;
    private static Journal journal;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        journal = Journal.in(shared.resolve("data")).append(EVENTS);
        page = Sources.compile(
                shared,
                "FirstRoute",
                "Again",
                "AsCloudEvents",
                "Meetings",
                "ToFiles",
                "Application",
                "ZoomApplication");
    }

    @AfterAll
    static void stop() {
        journal.close();
    }

    @Test
    void theFirstRouteRuns() throws Exception {
        try (Run run =
                new Run.Setup(journal).with("zoomws.data", journal.data()).start(Sources.routes(page, "FirstRoute"))) {
            run.await(EVENTS);
        }
    }

    @Test
    void aReplayDeliversItsRangeAndTellsThatItIsOne() throws Exception {
        try (Run run = new Run.Setup(journal)
                .with("mails", "file:" + folder.resolve("mails"))
                .with("archive", "file:" + folder.resolve("archive"))
                .start(Sources.routes(page, "Again"))) {
            run.await(EVENTS);
        }
        assertThat(folder.resolve("mails")).doesNotExist();
        assertThat(Folder.contents(folder.resolve("archive"))).containsExactlyInAnyOrderElementsOf(journal.events());
    }

    @Test
    void eventsBecomeCloudEvents() throws Exception {
        try (Run run = new Run.Setup(journal)
                .with("cloudevents", folder.resolve("out"))
                .start(Sources.routes(page, "AsCloudEvents"))) {
            run.await(EVENTS);
        }
        assertThat(Folder.contents(folder.resolve("out"))).containsExactlyInAnyOrderElementsOf(journal.events());
    }

    @Test
    void theRouteInYamlRuns() throws Exception {
        Path file = Files.writeString(folder.resolve("meetings.yaml"), Page.block("yaml", "id: meetings"));
        assertMeetings(meetings().with("camel.main.routes-include-pattern", "file:" + file));
    }

    @Test
    void theRouteInXmlRuns() throws Exception {
        byte[] xml = Page.block("xml", "<routes").getBytes(StandardCharsets.UTF_8);
        assertMeetings(meetings(), new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                ((ModelCamelContext) getContext())
                        .addRouteDefinitions(new ModelParser(new ByteArrayInputStream(xml), XML_IO)
                                .parseRoutesDefinition()
                                .orElseThrow()
                                .getRoutes());
            }
        });
    }

    @Test
    void theRouteWithTheEndpointBuilderRuns() throws Exception {
        assertMeetings(meetings(), Sources.routes(page, "Meetings"));
    }

    @Test
    void theApplicationWithCamelMainRuns() throws Exception {
        assertRuns("Application", "camel.main.name = zoom-events");
    }

    @Test
    void theApplicationWithSpringBootRuns() throws Exception {
        assertRuns("example.ZoomApplication", "camel.main.run-controller = true");
    }

    /** In a process of its own, with the page's properties but for their two folders. It is told to end, and does. */
    private void assertRuns(String application, String line) throws Exception {
        String properties = Page.block("properties", line)
                .replace("/var/lib/zoom-ws", journal.data())
                .replace("/var/spool/zoom-events", folder.resolve("out").toString());
        Files.writeString(folder.resolve("application.properties"), properties);
        Process process = Jvm.start(List.of(), List.of(folder, shared.resolve("classes")), application);
        try {
            awaitFiles();
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor()).isEqualTo(128 + 15);
    }

    private void awaitFiles() throws Exception {
        Path out = folder.resolve("out");
        Waiting.until(EVENTS + " files", () -> Files.isDirectory(out) && Folder.count(out) >= EVENTS);
    }

    private Run.Setup meetings() {
        return new Run.Setup(journal).with("meetings", folder.resolve("out"));
    }

    private void assertMeetings(Run.Setup setup, RouteBuilder... routes) throws Exception {
        // The three routes have one cursor, as they are the same route.
        try (Cursor cursor = Journals.cursors(shared.resolve("data"), "main").open("meetings")) {
            cursor.save(1);
        }
        try (Run run = setup.start(routes)) {
            run.await(EVENTS);
        }
        assertThat(Folder.contents(folder.resolve("out"))).containsExactlyInAnyOrderElementsOf(journal.events());
    }
}
