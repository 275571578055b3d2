package io.zoomws.server.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Parts what a child writes to its standard error into reports and lines for people. A line is cut at {@link #LONGEST_BYTES}, so
 * that a child cannot fill our memory with one.
 */
final class ChildLines {

    static final int LONGEST_BYTES = 16 * 1024;

    private final Consumer<ChildReport> reports;
    private final Consumer<ChildNumber> numbers;
    private final Consumer<String> texts;

    ChildLines(Consumer<ChildReport> reports, Consumer<ChildNumber> numbers, Consumer<String> texts) {
        this.reports = reports;
        this.numbers = numbers;
        this.texts = texts;
    }

    /**
     * Reads to the end.
     *
     * @throws IOException as the stream does, for instance since it was closed
     */
    void readAll(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    line(line);
                } else if (line.size() < LONGEST_BYTES) {
                    line.write(buffer[i]);
                }
            }
        }
        if (line.size() > 0) {
            line(line);
        }
    }

    private void line(ByteArrayOutputStream bytes) {
        String line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        int mark = line.indexOf(ChildReport.MARK);
        String text = mark >= 0 && isForUs(line.substring(mark + 1)) ? line.substring(0, mark) : line;
        if (!text.isEmpty()) {
            texts.accept(text);
        }
    }

    private boolean isForUs(String json) {
        Optional<ChildReport> report = ChildReport.parse(json);
        report.ifPresent(reports);
        Optional<ChildNumber> number = report.isPresent() ? Optional.empty() : ChildNumber.parse(json);
        number.ifPresent(numbers);
        return report.isPresent() || number.isPresent();
    }
}
