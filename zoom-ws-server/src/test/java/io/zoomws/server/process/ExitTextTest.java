package io.zoomws.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitTextTest {

    @Test
    void aStatusIsNamedWithWhatItProbablyMeans() {
        assertThat(ExitText.of(0)).isEqualTo("status 0");
        assertThat(ExitText.of(3))
                .isEqualTo(
                        "status 3, that of a JVM whose memory is exhausted (see jvm-options), unless the plugin chose it");
        assertThat(ExitText.of(137))
                .isEqualTo("status 137, as by signal 9 (SIGKILL: somebody, or the system for want of memory)");
        assertThat(ExitText.of(139)).isEqualTo("status 139, as by signal 11");
    }
}
