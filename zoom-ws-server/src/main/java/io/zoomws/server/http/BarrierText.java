package io.zoomws.server.http;

import io.zoomws.journal.JournalStatus;
import io.zoomws.server.json.JsonValues;
import io.zoomws.server.status.SubscriptionStatus;
import java.util.List;

/**
 * The times of barriers as a histogram in the text format of Prometheus, version 0.0.4. Written here, since Micrometer measures
 * by itself what it makes a histogram of, and these were measured in the journal, which knows no metrics.
 */
final class BarrierText {

    private static final String NAME = "zoomws_journal_barrier_seconds";

    private BarrierText() {}

    static String of(List<SubscriptionStatus> subscriptions) {
        if (subscriptions.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder()
                .append("# HELP " + NAME + " How long it took to bring entries to the disk\n")
                .append("# TYPE " + NAME + " histogram\n");
        subscriptions.forEach(subscription ->
                append(text, subscription.name(), subscription.journal().barriers()));
        return text.toString();
    }

    private static void append(StringBuilder text, String subscription, JournalStatus.Barriers barriers) {
        String label = "{subscription=\"" + subscription + "\"";
        for (JournalStatus.Barriers.AtMost part : barriers.atMost()) {
            line(
                    text,
                    "_bucket" + label + ",le=\""
                            + JsonValues.seconds(part.bound()).toPlainString() + "\"}",
                    part.count());
        }
        line(text, "_bucket" + label + ",le=\"+Inf\"}", barriers.count());
        line(text, "_count" + label + "}", barriers.count());
        text.append(NAME + "_sum")
                .append(label)
                .append("} ")
                .append(Meters.seconds(barriers.total()))
                .append('\n');
    }

    private static void line(StringBuilder text, String series, long value) {
        text.append(NAME).append(series).append(' ').append(value).append('\n');
    }
}
