package io.zoomws.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildLinesTest {

    private static final InstanceStatus STATUS = new InstanceStatus(InstanceState.RUNNING, 1, 2, 3, 4, 5, 6);
    private static final ChildReport REPORT = ChildReport.of(STATUS);

    private final List<ChildReport> reports = new ArrayList<>();
    private final List<ChildNumber> numbers = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    @Test
    void aReportReadsAsItWasSaid() throws IOException {
        ChildReport last =
                new ChildReport(STATUS, Optional.of(ChildReport.End.REFUSED), Optional.of("no \"such\"\nplugin"));

        read(REPORT.line() + "\n" + last.line() + "\n");

        assertThat(reports).containsExactly(REPORT, last);
        assertThat(texts).isEmpty();
        assertThat(REPORT.line())
                .isEqualTo("\u001e{\"state\":\"running\",\"handled\":1,\"gaps\":2,\"parked\":3,\"retries\":4,"
                        + "\"position\":5,\"parkedNow\":6}");
    }

    @Test
    void aNumberReadsAsItWasTold() throws IOException {
        ChildNumber counter = new ChildNumber("sent", true, "what \"was\" sent", 3);
        ChildNumber gauge = new ChildNumber("lag", false, "seconds", Double.NaN);

        read(counter.line() + "\n" + gauge.line() + "\n");

        assertThat(numbers).containsExactly(counter, gauge);
        assertThat(reports).isEmpty();
        assertThat(texts).isEmpty();
    }

    @Test
    void linesForPeopleArePassedOnAlsoWithoutAnEnd() throws IOException {
        read("INFO one\n\nWARN twö\nlast");

        assertThat(texts).containsExactly("INFO one", "WARN twö", "last");
        assertThat(reports).isEmpty();
    }

    @Test
    void aReportInTheMiddleOfWhatAPluginPrintsIsFound() throws IOException {
        read("plugin: " + REPORT.line() + "\nand on\n");

        assertThat(reports).containsExactly(REPORT);
        assertThat(texts).containsExactly("plugin: ", "and on");
    }

    @Test
    void whatOnlyLooksLikeAReportIsText() throws IOException {
        read("\u001e{\"state\":\"happy\"}\n\u001enothing\n\u001e\n");

        assertThat(reports).isEmpty();
        assertThat(texts).containsExactly("\u001e{\"state\":\"happy\"}", "\u001enothing", "\u001e");
    }

    @Test
    void aLineIsCutWhereItIsTooLong() throws IOException {
        read("x".repeat(1_000_000) + "\nnext\n");

        assertThat(texts).containsExactly("x".repeat(ChildLines.LONGEST_BYTES), "next");
    }

    private void read(String written) throws IOException {
        new ChildLines(reports::add, numbers::add, texts::add)
                .readAll(new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));
    }
}
