package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.doctor.Finding;
import io.zoomws.server.doctor.Step;
import io.zoomws.server.doctor.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what a doctor finds, each step at once: the next may take its time. */
final class FindingPrinter implements Consumer<Finding> {

    /** As wide as the longest word of each column, and two blanks. */
    private static final String COLUMNS = "%-9s%-18s%s";

    private static final String INDENT = " ".repeat(27);

    private final TableFormat format;
    private final OutputStream out;
    private final Map<Verdict.Status, Integer> counts = new EnumMap<>(Verdict.Status.class);
    private String subscription = "";
    private boolean connected;

    FindingPrinter(TableFormat format, OutputStream out) {
        this.format = format;
        this.out = out;
    }

    @Override
    public void accept(Finding finding) {
        connected |=
                finding.step() == Step.BUILD_CONNECTION && finding.verdict().status() == Verdict.Status.OK;
        counts.merge(finding.verdict().status(), 1, Integer::sum);
        try {
            switch (format) {
                case text -> printText(finding);
                case json -> printJson(finding);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says how often each word was said. */
    void end() throws IOException {
        if (format == TableFormat.text) {
            int warnings = count(Verdict.Status.WARNING);
            int failures = count(Verdict.Status.FAILURE);
            write(count(Verdict.Status.OK) + " ok, " + warnings + (warnings == 1 ? " warning, " : " warnings, ")
                    + failures + (failures == 1 ? " failure, " : " failures, ") + count(Verdict.Status.SKIPPED)
                    + " skipped");
            out.flush();
        }
    }

    /** Whether a connection was confirmed, which has taken the subscription. */
    boolean hasConnected() {
        return connected;
    }

    boolean hasFailure() {
        return count(Verdict.Status.FAILURE) > 0;
    }

    private int count(Verdict.Status status) {
        return counts.getOrDefault(status, 0);
    }

    private void printText(Finding finding) throws IOException {
        String name = finding.subscription().orElse("");
        if (!name.equals(subscription)) {
            subscription = name;
            write("subscription " + name);
        }
        Verdict verdict = finding.verdict();
        String word = verdict.status() == Verdict.Status.FAILURE
                ? "FAILURE"
                : verdict.status().label();
        write(COLUMNS.formatted(word, finding.step().label(), indented(verdict.text())));
        if (verdict.remedy().isPresent()) {
            write(INDENT + "-> " + indented(verdict.remedy().get()));
        }
    }

    private static String indented(String text) {
        return text.lines().map(Text::printable).collect(Collectors.joining("\n" + INDENT));
    }

    private void write(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void printJson(Finding finding) throws IOException {
        try (JsonGenerator generator = JsonLines.generator(out)) {
            generator.writeStartObject();
            generator.writeStringField("step", finding.step().label());
            write(generator, "subscription", finding.subscription().orElse(null));
            generator.writeStringField("status", finding.verdict().status().label());
            generator.writeStringField("text", finding.verdict().text());
            write(generator, "remedy", finding.verdict().remedy().orElse(null));
            generator.writeEndObject();
            JsonLines.endLine(generator);
        }
    }

    private static void write(JsonGenerator generator, String key, @Nullable String value) throws IOException {
        if (value == null) {
            generator.writeNullField(key);
        } else {
            generator.writeStringField(key, value);
        }
    }
}
