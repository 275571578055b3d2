package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.testkit.TestPluginMetrics;
import org.junit.jupiter.api.Test;

class RouteNumbersTest {

    private final TestPluginMetrics metrics = new TestPluginMetrics();
    private final RouteNumbers numbers = new RouteNumbers(metrics);

    @Test
    void twoIdsThatComeToOneNameAreToldApart() {
        numbers.route("To-Files", true, 1);
        numbers.route("to_files", false, 2);
        numbers.route("To-Files", true, 3);

        assertThat(metrics.gauged("route_to_files_lag_events")).isEqualTo(3);
        assertThat(metrics.gauged("route_to_files_2_lag_events")).isEqualTo(2);
    }

    @Test
    void whatIsMoreThanTheHostAllowsIsInTheWholeOnly() {
        for (int i = 0; i <= RouteNumbers.MOST; i++) {
            numbers.failed("r" + i);
        }

        assertThat(metrics.counted("failures")).isEqualTo(RouteNumbers.MOST + 1);
        assertThat(metrics.counted("route_r14_failures")).isEqualTo(1);
        assertThatThrownBy(() -> metrics.counted("route_r15_failures")).isInstanceOf(IllegalArgumentException.class);
    }
}
