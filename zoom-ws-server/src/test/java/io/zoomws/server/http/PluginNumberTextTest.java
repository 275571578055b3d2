package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.status.PluginNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginNumberTextTest {

    @Test
    void instancesOfOneNameShareAFamilyAndACounterIsNoGaugeOfTheSameName() {
        assertThat(PluginNumberText.of(List.of(
                        new PluginNumber("mail", "main", "sent", true, "Mails \\ sent", 12_345_678),
                        new PluginNumber("mail", "main", "wait_seconds", false, "Delay", 0.5),
                        new PluginNumber("other", "main", "sent", false, "Sent lately", Double.NaN),
                        new PluginNumber("second", "main", "sent", true, "another text", 0))))
                .isEqualTo("""
                        # HELP zoomws_plugin_custom_sent Sent lately
                        # TYPE zoomws_plugin_custom_sent gauge
                        zoomws_plugin_custom_sent{plugin="other",subscription="main"} NaN
                        # HELP zoomws_plugin_custom_sent_total Mails \\\\ sent
                        # TYPE zoomws_plugin_custom_sent_total counter
                        zoomws_plugin_custom_sent_total{plugin="mail",subscription="main"} 1.2345678E7
                        zoomws_plugin_custom_sent_total{plugin="second",subscription="main"} 0.0
                        # HELP zoomws_plugin_custom_wait_seconds Delay
                        # TYPE zoomws_plugin_custom_wait_seconds gauge
                        zoomws_plugin_custom_wait_seconds{plugin="mail",subscription="main"} 0.5
                        """);
    }

    @Test
    void infiniteNumbersAreWrittenAsPrometheusReadsThem() {
        assertThat(PluginNumberText.of(List.of(
                        new PluginNumber("a", "main", "x", false, "", Double.POSITIVE_INFINITY),
                        new PluginNumber("b", "main", "x", false, "", Double.NEGATIVE_INFINITY))))
                .endsWith("""
                        zoomws_plugin_custom_x{plugin="a",subscription="main"} +Inf
                        zoomws_plugin_custom_x{plugin="b",subscription="main"} -Inf
                        """);
    }

    @Test
    void withoutNumbersThereIsNothing() {
        assertThat(PluginNumberText.of(List.of())).isEmpty();
    }
}
