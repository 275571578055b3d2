package io.zoomws.server.alert;

import static io.zoomws.server.status.Statuses.BEGAN;
import static io.zoomws.server.status.Statuses.connection;
import static io.zoomws.server.status.Statuses.open;
import static io.zoomws.server.status.Statuses.plugin;
import static io.zoomws.server.status.Statuses.receiving;
import static io.zoomws.server.status.Statuses.server;
import static io.zoomws.server.status.Statuses.stalled;
import static io.zoomws.server.status.Statuses.usable;
import static io.zoomws.server.status.Statuses.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertJudgeTest {

    private static final SubscriptionStatus WELL = receiving("main");
    private static final Instant NOW = BEGAN.plusSeconds(3600);

    private final AlertJudge judge = new AlertJudge();

    @Test
    void nothingIsWrongWithAServerThatReceives() {
        assertThat(look(WELL, plugin("mine", "running", 0))).isEmpty();
    }

    @Test
    void wrongCredentialsAreToldAtOnceAndATokenThatCannotBeHadIsNot() {
        assertThat(look(backingOff("the token endpoint refused the connection", Map.of(ReconnectCause.TOKEN, 9L))))
                .isEmpty();
        assertThat(look(backingOff("the token endpoint refused the client id", Map.of(ReconnectCause.CREDENTIALS, 1L))))
                .containsExactly(Finding.of(
                        AlertKind.REFUSED,
                        "refused",
                        "main",
                        "No connection: the token endpoint refused the client id"));
    }

    @Test
    void oneRefusalMayBeATokenThatEndedAndTheSecondIsTold() {
        SubscriptionStatus once = backingOff("refused by Zoom", Map.of(ReconnectCause.REFUSED, 1L));
        SubscriptionStatus twice = backingOff("refused by Zoom", Map.of(ReconnectCause.REFUSED, 2L));

        assertThat(look(once)).isEmpty();
        assertThat(look(twice))
                .extracting(finding -> finding.about().condition())
                .containsExactly("refused");
    }

    @Test
    void whatWasBeforeTheLastReadyConnectionCountsNoMore() {
        Map<ReconnectCause, Long> counts = Map.of(ReconnectCause.REFUSED, 7L, ReconnectCause.KICKED, 3L);

        look(with(WELL, connection(ConnectionState.READY, "confirmed by Zoom", counts)));

        assertThat(look(backingOff("dropped", counts))).isEmpty();
    }

    @Test
    void anotherProcessIsToldWhetherZoomSaysSoOrItIsGuessed() {
        for (ReconnectCause cause : List.of(ReconnectCause.KICKED, ReconnectCause.RIVAL)) {
            assertThat(look(backingOff("another process uses this subscription", Map.of(cause, 1L))))
                    .containsExactly(Finding.of(
                            AlertKind.RIVAL, "rival", "main", "No connection: another process uses this subscription"));
        }
    }

    @Test
    void anOpenGapIsToldWhenItIsLongerThanIsTolerable() {
        assertThat(look(open(WELL, NOW.minusSeconds(60), "crash"))).isEmpty();
        assertThat(look(open(WELL, NOW.minusSeconds(61), "crash")))
                .containsExactly(Finding.of(
                        AlertKind.GAP,
                        "gap_open",
                        "main",
                        "nothing is received since 2026-11-25T12:58:59.000000000Z (crash): events may be missed"));
    }

    @Test
    void aLongGapThatHasEndedIsToldUnlessItIsOfAnEarlierRunOrWasToldWhileItWasOpen() {
        GapLedger.Row old = gap(BEGAN.minusSeconds(1), BEGAN.minusSeconds(900), BEGAN.minusSeconds(1));
        GapLedger.Row shorter = gap(NOW, NOW.minusSeconds(60), NOW);
        GapLedger.Row longer = gap(NOW, NOW.minusSeconds(61), NOW);

        assertThat(judge.look(server(List.of(WELL)), Map.of("main", List.of(old, shorter, longer)), settings(), NOW))
                .containsExactly(Finding.of(
                        AlertKind.GAP,
                        "gap_ended",
                        "main",
                        "a gap has ended, from 2026-11-25T12:58:59.000000000Z to 2026-11-25T13:00:00.000000000Z (crash):"
                                + " events of that time may be missing"));

        look(open(WELL, NOW.minusSeconds(61), "crash"));
        assertThat(judge.look(server(List.of(WELL)), Map.of("main", List.of(longer)), settings(), NOW))
                .isEmpty();
    }

    @Test
    void aDiskIsToldWhenItStoresNothingAndWhenItIsNear() {
        assertThat(look(usable(WELL, 1_250))).isEmpty();
        assertThat(look(usable(WELL, 1_249)))
                .extracting(finding -> finding.about().condition())
                .containsExactly("disk_near");
        assertThat(look(stalled(usable(WELL, 900), "disk: 0 MiB are free")))
                .containsExactly(Finding.of(
                        AlertKind.DISK,
                        "disk_stopped",
                        "main",
                        "nothing is stored and nothing received: disk: 0 MiB are free"));
    }

    @Test
    void parkedEntriesAreToldByInstance() {
        assertThat(look(WELL, plugin("mine", "running", 2), plugin("other", "running", 0)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.about().plugin()).hasValue("mine");
                    assertThat(finding.text()).isEqualTo("2 entries are parked and wait for 'zoom-ws parked'");
                });
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        AlertSettings gapsOnly = new AlertSettings(
                List.of("true"),
                settings().url(),
                Set.of(AlertKind.GAP),
                settings().gap(),
                settings().repeat(),
                settings().timeLimit());

        assertThat(judge.look(server(List.of(usable(WELL, 0)), plugin("mine", "running", 1)), Map.of(), gapsOnly, NOW))
                .isEmpty();
    }

    private List<Finding> look(SubscriptionStatus subscription, PluginStatus... plugins) {
        return judge.look(server(List.of(subscription), plugins), Map.of(), settings(), NOW);
    }

    private static AlertSettings settings() {
        return AlertSettings.NONE;
    }

    private static SubscriptionStatus backingOff(String cause, Map<ReconnectCause, Long> counts) {
        return with(WELL, connection(ConnectionState.BACKING_OFF, cause, counts));
    }

    private static GapLedger.Row gap(Instant receivedAt, Instant from, Instant to) {
        assertThat(Duration.between(from, to)).isPositive();
        return new GapLedger.Row(7, receivedAt, from, to, "crash");
    }
}
