package io.zoomws.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Proxy;
import io.zoomws.auth.WayException;
import io.zoomws.auth.WayReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is found on the way to Zoom, and what becomes of it. */
class WayChecksTest {

    private static final Endpoint ZOOM = Endpoint.of(URI.create("https://zoom.us/oauth/token"));
    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");

    @Test
    void anEndpointHasThePortOfItsScheme() {
        assertThat(ZOOM).isEqualTo(new Endpoint("zoom.us", 443, true)).hasToString("zoom.us:443");
        assertThat(Endpoint.of(URI.create("WSS://ws.zoom.us/ws"))).isEqualTo(new Endpoint("ws.zoom.us", 443, true));
        assertThat(Endpoint.of(URI.create("ws://[::1]/ws"))).isEqualTo(new Endpoint("[::1]", 80, false));
        assertThat(Endpoint.of(URI.create("http://localhost:9000/"))).isEqualTo(new Endpoint("localhost", 9000, false));
    }

    @Test
    void everyNameThatIsNotKnownIsNamed() {
        Map<String, Integer> addresses = new LinkedHashMap<>();
        addresses.put("zoom.us", 4);
        addresses.put("ws.zoom.us", 1);
        assertThat(NamesCheck.judge(new NamesCheck.Facts(addresses)))
                .isEqualTo(Verdict.ok("zoom.us has 4 addresses, ws.zoom.us has 1 address"));

        addresses.put("ws.zoom.us", 0);
        assertThat(NamesCheck.judge(new NamesCheck.Facts(addresses)))
                .isEqualTo(Verdict.failure(
                        "not known to the name server: ws.zoom.us",
                        "check the network and its name server; where only a proxy knows names outside, set"
                                + " zoomws.connection.proxy"));
        assertThat(NamesCheck.Facts.lookUp(List.of("127.0.0.1", "token.invalid"))
                        .addresses())
                .containsExactlyInAnyOrderEntriesOf(Map.of("127.0.0.1", 1, "token.invalid", 0));
    }

    @Test
    void aProxyIsJudgedByWhetherItOpensTheWay() {
        Proxy proxy = Proxy.parse("http://proxy.example:3128");
        assertThat(ProxyCheck.judge(proxy, ZOOM, new Way.Open(new WayReport(Duration.ofMillis(3), Optional.empty()))))
                .isEqualTo(Verdict.ok("the HTTP proxy proxy.example:3128 opens the way to zoom.us:443"));
        assertThat(ProxyCheck.judge(
                        proxy, ZOOM, new Way.Blocked(WayException.Kind.PROXY, "the proxy asks for credentials")))
                .isEqualTo(Verdict.failure(
                        "the proxy asks for credentials",
                        "check zoomws.connection.proxy, proxy-user and proxy-password, and ask whoever runs the proxy"
                                + " whether it may connect to zoom.us:443"));
    }

    @Test
    void aProxyThatOnlyTheEnvironmentNamesIsPointedOut() {
        assertThat(ProxyCheck.none(false)).isEqualTo(Verdict.skipped("none is configured"));
        assertThat(ProxyCheck.none(true))
                .isEqualTo(Verdict.skipped(
                        "none is configured; HTTPS_PROXY is set and not looked at: if Zoom can only be reached through"
                                + " it, set zoomws.connection.proxy"));
    }

    private static Verdict reached(String until) {
        WayReport.Encryption tls = new WayReport.Encryption("TLSv1.3", "DigiCert Inc", Instant.parse(until));
        return EndpointCheck.judge(ZOOM, new Way.Open(new WayReport(Duration.ofMillis(40), Optional.of(tls))), NOW);
    }

    @Test
    void aCertificateThatEndsWithinTwoWeeksIsAWarning() {
        String found = "zoom.us:443 is reached in 40 ms, TLSv1.3, certificate by DigiCert Inc until ";
        assertThat(reached("2026-12-07T20:00:00Z")).isEqualTo(Verdict.ok(found + "2026-12-07"));
        assertThat(reached("2026-12-07T19:59:59Z"))
                .isEqualTo(Verdict.warning(
                        found + "2026-12-07, which is soon",
                        "if that is not Zoom's certificate but that of a proxy or a server of yours, renew it; if it is"
                                + " Zoom's, it will renew it: check the clock"));
        assertThat(EndpointCheck.judge(
                        new Endpoint("127.0.0.1", 9000, false),
                        new Way.Open(new WayReport(Duration.ofMillis(1), Optional.empty())),
                        NOW))
                .isEqualTo(Verdict.ok("127.0.0.1:9000 is reached in 1 ms, without TLS"));
    }

    @Test
    void eachWayToFailHasARemedyOfItsOwn() {
        List<Verdict> verdicts = Arrays.stream(WayException.Kind.values())
                .map(kind -> EndpointCheck.judge(ZOOM, new Way.Blocked(kind, "it failed"), NOW))
                .toList();

        assertThat(verdicts).allSatisfy(verdict -> {
            assertThat(verdict.status()).isEqualTo(Verdict.Status.FAILURE);
            assertThat(verdict.text()).isEqualTo("it failed");
        });
        assertThat(verdicts.stream().map(verdict -> verdict.remedy().orElseThrow()))
                .doesNotHaveDuplicates()
                .contains("check the clock of this machine and the address; where a proxy opens TLS, set"
                        + " zoomws.connection.ca-file to a file with its authority's certificate");
    }
}
