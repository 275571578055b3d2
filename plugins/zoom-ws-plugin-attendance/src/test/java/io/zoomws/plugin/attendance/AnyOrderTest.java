package io.zoomws.plugin.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Secret;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rows are a function of the set of events: shown on random meetings, with events missing, repeated and out of order, batches of
 * any size, restarts and replays. {@code -Dcampaign.attendance.seeds=1000} looks longer.
 */
class AnyOrderTest {

    private static final int SEEDS = Integer.getInteger("campaign.attendance.seeds", 6);

    /** In memory, for speed; it lives until the JVM ends. */
    private static final AttendanceSettings MEMORY = new AttendanceSettings(
            Optional.of("jdbc:h2:mem:anyorder;DB_CLOSE_DELAY=-1"), Optional.empty(), new Secret(""));

    @Test
    void noBadDayShowsInTheRows() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<TestEvent> journal = Story.journal(seed);
            BadDay host = new BadDay(() -> handler("live"), () -> handler("replay"), new Random(seed));
            host.deliverInOneBatch(journal);
            List<String> expected = everything();
            host.deliver(journal, 20);

            assertThat(everything()).as("seed %d", seed).isEqualTo(expected).isNotEmpty();
        }
    }

    @Test
    void noOrderShowsInWhatIsDerived() {
        for (long seed = 1; seed <= 10L * SEEDS; seed++) {
            List<Fact> facts = Story.facts(seed);
            Attendance expected = Attendance.of(facts.get(0).meeting(), facts);
            Collections.shuffle(facts, new Random(seed));

            assertThat(Attendance.of(facts.get(0).meeting(), facts))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static AttendanceHandler handler(String instance) {
        return new AttendanceHandler(MEMORY, new TestContext("main", instance, Path.of("unused")));
    }

    private static List<String> everything() throws Exception {
        try (Tables tables = new Tables(MEMORY, Path.of("unused"))) {
            return tables.everything();
        }
    }
}
