package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostCheckTest {

    @Test
    void whereOnlyThisMachineReachesUsALoopbackNameIsNeeded() {
        HostCheck check = new HostCheck(8080, false, false, List.of());

        assertThat(check.allows("localhost:8080")).isTrue();
        assertThat(check.allows("127.9.9.9:8080")).isTrue();
        assertThat(check.allows("[::1]:8080")).isTrue();
        assertThat(check.allows("localhost")).isFalse();
        assertThat(check.allows("192.0.2.7:8080")).isFalse();
        assertThat(check.allows("evil.example:8080")).isFalse();
        assertThat(check.allows(null)).isFalse();
        assertThat(check.allows("")).isFalse();
    }

    @Test
    void whereOthersReachUsAnAddressWillDoSinceNoPageIsCalledSo() {
        HostCheck check = new HostCheck(443, true, true, List.of());

        assertThat(check.allows("192.0.2.7")).isTrue();
        assertThat(check.allows("192.0.2.7:443")).isTrue();
        assertThat(check.allows("[2001:db8::1]:443")).isTrue();
        assertThat(check.allows("192.0.2.7:8080")).isFalse();
        assertThat(check.allows("192.0.2.7.evil.example")).isFalse();
    }

    @Test
    void aNameOfOursWillDoWithWhateverPortAProxyHas() {
        HostCheck check = new HostCheck(8080, false, false, List.of("zoom-ws.example", "*.wild.example"));

        assertThat(check.allows("zoom-ws.example")).isTrue();
        assertThat(check.allows("ZOOM-WS.example:8443")).isTrue();
        assertThat(check.allows("a.wild.example")).isTrue();
        assertThat(check.allows("a.b.wild.example")).isFalse();
        assertThat(check.allows("wild.example")).isFalse();
        assertThat(check.allows("zoom-ws.example.evil")).isFalse();
        assertThat(check.allows("zoom-ws.example/path")).isFalse();
    }
}
