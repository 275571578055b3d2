package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplayProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long nanos;

    private ReplayProgress progress(boolean terminal, long from, long to, long next) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        ProgressLine line = ProgressLine.everywhere(print, terminal, () -> nanos);
        return new ReplayProgress(line, () -> nanos, from, to, next);
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void onATerminalOneLineIsRedrawn() {
        ReplayProgress progress = progress(true, 1, 4001, 1);

        progress.at(2, 1, 0);
        pass(2);
        progress.at(1001, 900, 3);
        progress.at(1002, 901, 3);
        pass(1);
        progress.waiting(Duration.ofMinutes(192));
        progress.end();

        assertThat(out)
                .hasToString("\r[###---------]  25 %  450 events/s  6 s left  900 handled, 3 parked"
                        + "\r[###---------]  25 %  next event in 3 h 12 min  901 handled, 3 parked\n");
    }

    @Test
    void elsewhereThereIsALineEveryTenSeconds() {
        ReplayProgress progress = progress(false, 1, 4001, 1);

        pass(9);
        progress.at(501, 500, 0);
        pass(1);
        progress.at(1001, 1000, 0);
        pass(1);
        progress.at(1002, 1001, 0);
        progress.end();

        assertThat(out).hasToString("[###---------]  25 %  100 events/s  30 s left  1,000 handled, 0 parked\n");
    }

    @Test
    void theRateIsThatOfThisRunAndThePartThatOfTheWholeRange() {
        ReplayProgress progress = progress(false, 1, 1001, 501);

        pass(10);
        progress.at(601, 100, 0);

        assertThat(out).hasToString("[#######-----]  60 %  10 events/s  40 s left  100 handled, 0 parked\n");
    }

    @Test
    void aTimeHasTwoUnitsAtMost() {
        assertThat(ReplayProgress.text(Duration.ofMillis(900))).isEqualTo("0 s");
        assertThat(ReplayProgress.text(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ReplayProgress.text(Duration.ofSeconds(80))).isEqualTo("1 min 20 s");
        assertThat(ReplayProgress.text(Duration.ofSeconds(11_530))).isEqualTo("3 h 12 min");
        assertThat(ReplayProgress.text(Duration.ofHours(50))).isEqualTo("2 d 2 h");
    }
}
