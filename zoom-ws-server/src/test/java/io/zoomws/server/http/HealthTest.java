package io.zoomws.server.http;

import static io.zoomws.server.status.Statuses.BEGAN;
import static io.zoomws.server.status.Statuses.connection;
import static io.zoomws.server.status.Statuses.open;
import static io.zoomws.server.status.Statuses.plugin;
import static io.zoomws.server.status.Statuses.receiving;
import static io.zoomws.server.status.Statuses.server;
import static io.zoomws.server.status.Statuses.stalled;
import static io.zoomws.server.status.Statuses.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.ConnectionState;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthTest {

    private static final SubscriptionStatus WELL = receiving("main");
    private static final SubscriptionStatus WITHOUT_TOKEN =
            with(WELL, connection(ConnectionState.BACKING_OFF, "the token was refused", Map.of()));
    private static final SubscriptionStatus FULL = stalled(WELL, "disk: 3 MiB are free");

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of("all is well", server(List.of(WELL), plugin("mine", "running", 0)), true, true, List.of()),
                Arguments.of(
                        "no connection",
                        server(List.of(WITHOUT_TOKEN)),
                        true,
                        false,
                        List.of("main: No connection: the token was refused")),
                Arguments.of("a full disk", server(List.of(FULL)), false, false, List.of("main: disk: 3 MiB are free")),
                Arguments.of(
                        "one of two",
                        server(List.of(WELL, with(receiving("two"), connection(ConnectionState.NEW, "", Map.of())))),
                        true,
                        false,
                        List.of("two: Not started")),
                Arguments.of(
                        "a plugin was given up",
                        server(List.of(WELL), plugin("mine", "failed", 0)),
                        false,
                        true,
                        List.of("main: plugin instance mine is failed")),
                Arguments.of(
                        "an operator has stopped a plugin",
                        server(List.of(WELL), plugin("mine", "stopped", 0)),
                        true,
                        true,
                        List.of()),
                Arguments.of(
                        "a plugin waits", server(List.of(WELL), plugin("mine", "retrying", 0)), true, true, List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void readyAndReceivingAreTwoThings(
            String name, ServerStatus status, boolean ready, boolean receiving, List<String> reasons) {
        assertThat(Health.ready(status).good()).isEqualTo(ready);
        assertThat(Health.ready(status).httpStatus()).isEqualTo(ready ? 200 : 503);
        assertThat(Health.receiving(status).good()).isEqualTo(receiving);
        String told = text(Health.ready(status).json(false))
                + text(Health.receiving(status).json(true));
        assertThat(reasons).allSatisfy(reason -> assertThat(told).contains(reason));
    }

    @Test
    void whoReceivesSaysSinceWhenAndWhoDoesNotSinceWhenEventsMayBeMissed() {
        ServerStatus status = server(List.of(
                WELL, open(with(receiving("two"), WITHOUT_TOKEN.connection()), BEGAN.minusSeconds(9), "crash")));

        assertThat(text(Health.receiving(status).json(true)))
                .isEqualTo("{\"status\":\"not receiving\",\"since\":\"2026-11-25T11:59:51.000000000Z\","
                        + "\"reasons\":[\"two: No connection: the token was refused\"],\"subscriptions\":["
                        + "{\"name\":\"main\",\"receiving\":true,\"since\":\"2026-11-25T12:00:00.000000000Z\",\"reason\":null},"
                        + "{\"name\":\"two\",\"receiving\":false,\"since\":\"2026-11-25T11:59:51.000000000Z\","
                        + "\"reason\":\"No connection: the token was refused\"}]}");
    }

    @Test
    void bareItTellsNoNames() {
        assertThat(text(Health.receiving(server(List.of(WITHOUT_TOKEN))).bare()))
                .isEqualTo("{\"status\":\"not receiving\"}");
        assertThat(text(Health.live().bare())).isEqualTo("{\"status\":\"live\"}");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
