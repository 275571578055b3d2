package io.zoomws.plugin.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.Secret;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** On a real PostgreSQL server, which is started once; each test has a schema of its own. */
class PostgresAttendanceTest extends AttendanceContract {

    private static EmbeddedPostgres server;

    private String schema;

    @BeforeAll
    static void start() {
        try {
            server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException | RuntimeException e) {
            System.out.println("SKIPPED: PostgresAttendanceTest, since no PostgreSQL server can be run here: " + e);
            abort("no PostgreSQL server can be run here: " + e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createSchema(TestInfo test) throws Exception {
        schema = "public";
        try (Tables tables = tables()) {
            schema = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
            schema = schema.substring(0, Math.min(60, schema.length()));
            tables.execute("CREATE SCHEMA " + schema);
        }
    }

    @Override
    AttendanceSettings settings() {
        return settings("postgres", schema, "postgres");
    }

    private static AttendanceSettings settings(String database, String schema, String user) {
        return new AttendanceSettings(
                Optional.of("jdbc:postgresql://localhost:" + server.getPort() + "/" + database + "?currentSchema="
                        + schema),
                Optional.of(user),
                new Secret("postgres"));
    }

    @Override
    void cutConnections(Tables tables) throws SQLException {
        tables.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND application_name = 'zoom-ws attendance'");
    }

    @Override
    String falsehood() {
        return "f";
    }

    @Test
    void aServerThatIsAwayIsWaitedFor() throws Exception {
        try (AttendanceHandler handler = new AttendanceHandler(
                new AttendanceSettings(
                        Optional.of("jdbc:postgresql://localhost:1/postgres"), Optional.empty(), new Secret("")),
                TestContext.live(directory))) {
            assertThatThrownBy(handler::position)
                    .isInstanceOf(RetryLater.class)
                    .hasMessage("the database is away or cannot write (SQLSTATE 08001)");
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsNot() throws Exception {
        assertRefused(settings("nowhere", "public", "postgres"), "3D000");
    }

    @Test
    void aUserWhoMayNotCreateTablesIsToldSo() throws Exception {
        try (Tables tables = tables()) {
            tables.execute("CREATE ROLE reader LOGIN");
            tables.execute("GRANT USAGE ON SCHEMA " + schema + " TO reader");
        }

        assertRefused(settings("postgres", schema, "reader"), "42501");
    }

    private void assertRefused(AttendanceSettings settings, String state) throws Exception {
        try (AttendanceHandler handler = new AttendanceHandler(settings, TestContext.live(directory))) {
            assertThatThrownBy(handler::position)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The database of the plugin attendance refuses it (SQLSTATE " + state + "): check user,"
                            + " password and the name of the database in url, and whether that user may create tables");
        }
    }

    @Test
    void twoWritersAtOnceDeriveFromAllFacts() throws Exception {
        List<TestEvent> journal = Story.journal(4);
        new BadDay(this::handler, this::replay, new Random(4)).deliverInOneBatch(journal);
        List<String> expected = everything();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try (AttendanceHandler live = handler();
                AttendanceHandler replay = replay()) {
            live.reset();
            replay.position();
            Future<?> even = writers.submit(() -> each(live, journal, 0));
            Future<?> odd = writers.submit(() -> each(replay, journal, 1));
            even.get();
            odd.get();
        } finally {
            writers.shutdown();
        }

        assertThat(everything()).isEqualTo(expected);
    }

    private static boolean each(AttendanceHandler handler, List<TestEvent> journal, int from) throws Exception {
        for (int i = from; i < journal.size(); i += 2) {
            handler.handle(journal.get(i), LIVE);
        }
        return true;
    }
}
