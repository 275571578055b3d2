package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Waiting<Runnable> writing = new Waiting<>(now::get, 10, Runnable::run);

    @Test
    void aWriteThatWaitsForTooLongHasItsConnectionCut() {
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                now.addAndGet(10);
                writing.sweep();
                throw new IOException("closed"); // as the cut does
            }
        };

        assertThatThrownBy(() -> new WatchedOutput(stuck, writing, cuts::incrementAndGet).write('x'))
                .hasMessage("closed");

        assertThat(cuts).hasValue(1);
        now.addAndGet(100);
        writing.sweep();
        assertThat(cuts).hasValue(1);
    }

    @Test
    void whatIsWrittenIsHandedOnAndNothingWaitsInBetween() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WatchedOutput out = new WatchedOutput(bytes, writing, cuts::incrementAndGet)) {
            out.write("abc".getBytes(StandardCharsets.UTF_8));
            out.flush();
            now.addAndGet(100);
            writing.sweep();
        }

        assertThat(bytes).hasToString("abc");
        assertThat(cuts).hasValue(0);
    }
}
