package io.zoomws.cameltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zoomws.journal.Journals;
import io.zoomws.spi.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the page, each with the real target that it names; then again with everything coming twice. The broker and
 * PostgreSQL start beside the tests that need neither.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TargetsTest {

    private static final int EVENTS = 20;

    @TempDir
    static Path shared;

    private static ClassLoader page;
    private static Journal journal;
    private static CompletableFuture<EmbeddedPostgres> postgres;
    private static Broker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        journal = Journal.in(shared.resolve("data")).append(EVENTS);
        broker = Broker.start(Files.createDirectories(shared.resolve("kafka")));
        postgres = CompletableFuture.supplyAsync(() -> {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        page = Sources.compile(shared, "ToFiles", "ToHttp", "WithDeadLetters", "ToPostgres", "OnceEach");
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        journal.close();
        EmbeddedPostgres server = postgres.exceptionally(failure -> null).join();
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void everyEventIsOneFileAlsoWhenItComesTwice() throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            rewind("files");
            run(setup().with("files", folder.resolve("out")), routes("ToFiles"));
            assertThat(Folder.contents(folder.resolve("out"))).containsExactlyInAnyOrderElementsOf(journal.events());
        }
    }

    @Test
    @Order(1)
    void anEventThatIsRefusedIsPutAsideAndOneForWhichTheReceiverIsAwayComesAgain() throws Exception {
        String refused = Journal.event(7);
        try (Receiver receiver = Receiver.start(refused, 1)) {
            for (int turn = 0; turn < 2; turn++) {
                rewind("http");
                run(
                        setup().with("receiver", receiver.address()).with("refused", folder.resolve("refused")),
                        routes("ToHttp"));
            }
            List<String> others = new ArrayList<>(journal.events());
            others.remove(refused);
            assertThat(receiver.taken()).isEqualTo(others);
            assertThat(Folder.contents(folder.resolve("refused"))).containsExactly(refused);
        }
    }

    @Test
    @Order(1)
    void anEventThatFailsForEverIsADeadLetter() throws Exception {
        run(
                setup().with("dead", folder.resolve("dead"))
                        .with("checked", folder.resolve("checked"))
                        .bind("check", new Check(Journal.event(3))),
                routes("WithDeadLetters"));

        List<String> others = new ArrayList<>(journal.events());
        others.remove(3);
        assertThat(Folder.contents(folder.resolve("dead"))).containsExactly(Journal.event(3));
        assertThat(Folder.contents(folder.resolve("checked"))).containsExactlyInAnyOrderElementsOf(others);
    }

    /** Takes all events but one. */
    public record Check(String never) {

        /** Camel calls it with the body. */
        public void check(String event) {
            if (event.equals(never)) {
                throw new IllegalStateException("not this one");
            }
        }
    }

    @Test
    @Order(2)
    void everyEventIsOneRowAlsoWhenItComesTwice() throws Exception {
        execute(Page.block("sql", "CREATE TABLE zoom_events"));
        for (int turn = 0; turn < 2; turn++) {
            rewind("postgres");
            run(setup().bind("database", database()), routes("ToPostgres"));
            assertThat(rows("SELECT event->'payload'->'object'->>'id' FROM zoom_events ORDER BY sequence"))
                    .isEqualTo(numbers());
        }
        assertThat(rows("SELECT DISTINCT type || ' ' || extract(year FROM happened) FROM zoom_events"))
                .containsExactly("meeting.started 2026");
    }

    @Test
    @Order(2)
    void whatIsDoneOnceIsNotDoneAgainWhenItComesTwice() throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            rewind("once");
            run(setup().with("announcements", folder).bind("database", database()), routes("OnceEach"));
            assertThat(Files.readAllLines(folder.resolve("all.txt"))).isEqualTo(journal.events());
        }
    }

    @Test
    @Order(3)
    void everyEventIsARecordWhoseKeyTellsRepeats() throws Exception {
        Path file = Files.writeString(folder.resolve("kafka.yaml"), Page.block("yaml", "topic: zoom-events"));
        for (int turn = 0; turn < 2; turn++) {
            rewind("kafka");
            run(setup().with("kafka.brokers", broker.address())
                    .with("camel.main.routes-include-pattern", "file:" + file));
        }
        List<ConsumerRecord<String, String>> records = records(2 * EVENTS);
        Map<Long, String> bySequence = new TreeMap<>();
        records.forEach(record -> bySequence.put(Long.valueOf(record.key()), record.value()));
        assertThat(List.copyOf(bySequence.values())).isEqualTo(journal.events());
        assertThat(records.get(0).headers().lastHeader("zoom-event-id").value())
                .isEqualTo(records.get(EVENTS)
                        .headers()
                        .lastHeader("zoom-event-id")
                        .value());
    }

    private static Run.Setup setup() {
        return new Run.Setup(journal);
    }

    private static RouteBuilder routes(String name) throws Exception {
        return Sources.routes(page, name);
    }

    /** Runs until every event of the journal was done. */
    private static void run(Run.Setup setup, RouteBuilder... routes) throws Exception {
        try (Run run = setup.start(routes)) {
            run.await(EVENTS);
        }
    }

    /** As a crash does, only further: everything comes again. */
    private static void rewind(String name) {
        try (Cursor cursor = Journals.cursors(shared.resolve("data"), "main").open(name)) {
            cursor.save(1);
        }
    }

    private static List<String> numbers() {
        return IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList();
    }

    private static DataSource database() {
        try {
            return postgres.join().getPostgresDatabase();
        } catch (CompletionException e) {
            System.out.println("SKIPPED: TargetsTest, since no PostgreSQL server can be run here: " + e);
            return abort("no PostgreSQL server can be run here: " + e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static List<ConsumerRecord<String, String>> records(int count) throws Exception {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition("zoom-events", 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            Waiting.until(count + " records", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
