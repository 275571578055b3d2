package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void aBarIsDrawnTwiceASecondOverTheOneBefore() {
        ProgressLine line = new ProgressLine(print, true, () -> nanos);
        line.bar(1, 2000);
        nanos += 500_000_000;
        line.bar(1000, 2000);
        line.bar(1001, 2000);
        nanos += 500_000_000;
        line.print("all");
        line.end();
        line.end();

        String bar = "[###############---------------]  50 %  1,000 of 2,000 entries";
        assertThat(out).hasToString("\r" + bar + "\rall" + " ".repeat(bar.length() - 3) + "\n");
    }

    @Test
    void nothingIsShownWhereNobodyIsLooking() {
        ProgressLine line = new ProgressLine(print, false, () -> nanos);
        nanos += 1_000_000_000;
        line.bar(1, 2);
        line.end();

        assertThat(out.size()).isZero();
    }

    @Test
    void aTotalThatIsNotKnownIsLeftOut() {
        ProgressLine line = new ProgressLine(print, true, () -> nanos);
        nanos += 1_000_000_000;
        line.bar(12_345, 0);

        assertThat(out).hasToString("\r12,345 entries");
    }
}
