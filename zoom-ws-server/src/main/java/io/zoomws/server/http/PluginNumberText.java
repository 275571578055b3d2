package io.zoomws.server.http;

import io.zoomws.server.status.PluginNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of plugins in the text format of Prometheus, version 0.0.4. Written here rather than by Micrometer, where meters
 * of one name must agree for the life of the process; strangers' do not, and come and go.
 */
final class PluginNumberText {

    private static final String PREFIX = "zoomws_plugin_custom_";

    private PluginNumberText() {}

    /** A family for each name, each with the lines of all plugins that have it; the text is that of the first. */
    static String of(List<PluginNumber> numbers) {
        Map<String, List<PluginNumber>> families = new TreeMap<>();
        for (PluginNumber number : numbers) {
            String family = PREFIX + number.name() + (number.counter() ? "_total" : "");
            families.computeIfAbsent(family, ignored -> new ArrayList<>()).add(number);
        }
        StringBuilder text = new StringBuilder();
        families.forEach((family, members) -> append(text, family, members));
        return text.toString();
    }

    private static void append(StringBuilder text, String family, List<PluginNumber> members) {
        PluginNumber first = members.get(0);
        text.append("# HELP ")
                .append(family)
                .append(' ')
                .append(escape(first.text()))
                .append('\n');
        text.append("# TYPE ").append(family).append(first.counter() ? " counter\n" : " gauge\n");
        for (PluginNumber number : members) {
            text.append(family)
                    .append("{plugin=\"")
                    .append(number.plugin())
                    .append("\",subscription=\"")
                    .append(number.subscription())
                    .append("\"} ")
                    .append(value(number.value()))
                    .append('\n');
        }
    }

    private static String escape(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String value(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }
}
