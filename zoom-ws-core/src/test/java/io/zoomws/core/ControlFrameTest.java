package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ControlFrameTest {

    @Test
    void controlCharactersThatStandRawInsideATextDoNotMakeAFrameUnreadable() {
        assertThat(of("{\"module\":\"heartbeat\",\"success\":true,\"content\":\"li\nve\t\u0001\"}"))
                .isEqualTo(ControlFrame.HEARTBEAT);
        assertThat(of("{\"module\":\"build_connection\",\"success\":true,\"con\ntent\":\"\"}"))
                .isEqualTo(ControlFrame.CONFIRMED);
        assertThat(of("{\"event\":\"a\",\"t\":\"\n\"}")).isEqualTo(ControlFrame.OTHER);
    }

    private static ControlFrame of(String text) {
        return ControlFrame.of(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }
}
